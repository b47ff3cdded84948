import type { CodeWords } from './code-words.ts';

export const referralKind = {
  providerReport: { en: 'Referral by a provider', fr: 'Transmission d’un fournisseur' },
  hotlineReferral: { en: 'Referral by a hotline', fr: 'Transmission d’un service de signalement' },
  partnerReferral: { en: 'Referral by a partner centre', fr: 'Transmission d’un centre partenaire' },
} as const satisfies CodeWords;

export const legalBasis = {
  csaProposal2022: { en: 'Proposal COM(2022) 209', fr: 'Proposition COM(2022) 209' },
  dsaArticle18: {
    en: 'Article 18 of Regulation (EU) 2022/2065',
    fr: 'Article 18 du règlement (UE) 2022/2065',
  },
  nationalLaw: { en: 'National law', fr: 'Droit national' },
  voluntary: { en: 'Voluntary', fr: 'Volontaire' },
  hotlineMandate: { en: 'Mandate of the hotline', fr: 'Mandat du service de signalement' },
  thirdCountryLaw: { en: 'Law of a third country', fr: 'Droit d’un pays tiers' },
} as const satisfies CodeWords;

export const relation = {
  supplement: { en: 'Supplement', fr: 'Complément' },
  correction: { en: 'Correction', fr: 'Rectification' },
  withdrawal: { en: 'Withdrawal', fr: 'Retrait' },
} as const satisfies CodeWords;

export const serviceType = {
  hosting: { en: 'Hosting service', fr: 'Service d’hébergement' },
  interpersonalCommunications: {
    en: 'Interpersonal communications service',
    fr: 'Service de communications interpersonnelles',
  },
} as const satisfies CodeWords;

export const abuseType = {
  knownMaterial: { en: 'Known material', fr: 'Matériel connu' },
  newMaterial: { en: 'New material', fr: 'Nouveau matériel' },
  solicitation: { en: 'Solicitation of children', fr: 'Sollicitation d’enfants' },
  notDetermined: { en: 'Not determined', fr: 'Non déterminé' },
} as const satisfies CodeWords;

export const circumstance = {
  selfGenerated: { en: 'Self-generated', fr: 'Autoproduit' },
  financialSextortion: { en: 'Financial sextortion', fr: 'Sextorsion financière' },
  sexualSextortion: { en: 'Sexual sextortion', fr: 'Sextorsion sexuelle' },
  liveStreaming: { en: 'Live streaming', fr: 'Diffusion en direct' },
  commercial: { en: 'Commercial', fr: 'Commercial' },
  aiGenerated: { en: 'Made by artificial intelligence', fr: 'Produit par intelligence artificielle' },
  aiAlteredRealChild: {
    en: 'Real child, altered by artificial intelligence',
    fr: 'Enfant réel, modifié par intelligence artificielle',
  },
  peerSharing: { en: 'Shared among peers', fr: 'Partage entre pairs' },
  viralOrNaive: { en: 'Viral or shared without ill intent', fr: 'Viral ou partagé sans intention de nuire' },
  ongoingContact: { en: 'Contact still going on', fr: 'Contact en cours' },
  meetingPlanned: { en: 'Meeting planned', fr: 'Rencontre prévue' },
  selfHarmRisk: { en: 'Risk of self-harm', fr: 'Risque d’automutilation' },
} as const satisfies CodeWords;

export const urgencyGround = {
  lifeThreat: { en: 'Threat to life', fr: 'Menace pour la vie' },
  suicideRisk: { en: 'Risk of suicide', fr: 'Risque de suicide' },
  ongoingAbuse: { en: 'Abuse going on', fr: 'Abus en cours' },
  liveNow: { en: 'Live now', fr: 'En direct actuellement' },
  imminentMeeting: { en: 'Meeting imminent', fr: 'Rencontre imminente' },
  missingChild: { en: 'Missing child', fr: 'Enfant disparu' },
  imminentPublication: { en: 'Publication imminent', fr: 'Publication imminente' },
  other: { en: 'Other', fr: 'Autre' },
} as const satisfies CodeWords;

export const awarenessManner = {
  detectionOrder: { en: 'Detection order', fr: 'Injonction de détection' },
  publicAuthority: { en: 'Public authority', fr: 'Autorité publique' },
  hotlineOrTrustedFlagger: {
    en: 'Hotline or trusted flagger',
    fr: 'Service de signalement ou signaleur de confiance',
  },
  userFlag: { en: 'Notice by a user', fr: 'Notification d’un utilisateur' },
  ownMotion: { en: 'Own motion', fr: 'Initiative propre' },
  other: { en: 'Other', fr: 'Autre' },
} as const satisfies CodeWords;

export const detectionMethod = {
  exactHash: { en: 'Exact hash', fr: 'Empreinte exacte' },
  perceptualHash: { en: 'Perceptual hash', fr: 'Empreinte perceptuelle' },
  imageClassifier: { en: 'Image classifier', fr: 'Classificateur d’images' },
  textClassifier: { en: 'Text classifier', fr: 'Classificateur de textes' },
  person: { en: 'Person', fr: 'Personne' },
} as const satisfies CodeWords;

export const humanReview = {
  none: { en: 'No person looked', fr: 'Aucun examen humain' },
  metadataOnly: { en: 'A person saw metadata only', fr: 'Examen humain des seules métadonnées' },
  contentViewed: { en: 'A person viewed the content', fr: 'Contenu vu par une personne' },
  unknown: { en: 'Not known', fr: 'Non connu' },
} as const satisfies CodeWords;

export const informedAuthority = {
  thirdCountry: { en: 'Authority of a third country', fr: 'Autorité d’un pays tiers' },
  memberState: { en: 'Authority of a Member State', fr: 'Autorité d’un État membre' },
  europol: { en: 'Europol', fr: 'Europol' },
} as const satisfies CodeWords;

export const informedState = {
  reported: { en: 'Reported', fr: 'Signalé' },
  willReport: { en: 'Will report', fr: 'Sera signalé' },
} as const satisfies CodeWords;

export const linkRelation = {
  prior: { en: 'Earlier', fr: 'Antérieur' },
  duplicateOf: { en: 'Duplicate of', fr: 'Doublon de' },
  sameSeries: { en: 'Same series', fr: 'Même série' },
  sameAccount: { en: 'Same account', fr: 'Même compte' },
} as const satisfies CodeWords;

export const linkNamespace = {
  own: { en: 'Sender’s own', fr: 'Propre à l’expéditeur' },
  liaison: { en: 'Liaison', fr: 'Liaison' },
  ncmec: { en: 'NCMEC', fr: 'NCMEC' },
  iccam: { en: 'ICCAM', fr: 'ICCAM' },
} as const satisfies CodeWords;

/** What a receipt says that a referral is not. */
export const isNot = {
  reportUnderArticle12OfCom2022209: {
    en: 'Not a report under Article 12 of COM(2022) 209',
    fr: 'Pas un signalement au sens de l’article 12 de COM(2022) 209',
  },
  notificationUnderArticle18OfRegulation20222065: {
    en: 'Not a notification under Article 18 of Regulation (EU) 2022/2065',
    fr: 'Pas une notification au sens de l’article 18 du règlement (UE) 2022/2065',
  },
  reportUnderNationalOrThirdCountryLaw: {
    en: 'Not a report under national or third-country law',
    fr: 'Pas un signalement au sens du droit national ou d’un pays tiers',
  },
  evidence: { en: 'Not evidence', fr: 'Pas une preuve' },
} as const satisfies CodeWords;
