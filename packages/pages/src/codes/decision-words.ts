import type { CodeWords } from './code-words.ts';

/** Where the criminal question sends a referral: Article 48(2) and (3) of COM(2022) 209. */
export const decisionOutcome = {
  memberStates: { en: 'Member States and Europol', fr: 'États membres et Europol' },
  europolOnly: { en: 'Europol only', fr: 'Europol uniquement' },
  manifestlyUnfounded: { en: 'Manifestly unfounded', fr: 'Manifestement infondé' },
} as const satisfies CodeWords;

/** How certain a statement is; feminine in French, for `certitude` and `imputabilité`. */
export const certainty = {
  high: { en: 'High', fr: 'Élevée' },
  medium: { en: 'Medium', fr: 'Moyenne' },
  low: { en: 'Low', fr: 'Faible' },
  none: { en: 'None', fr: 'Aucune' },
} as const satisfies CodeWords;

/** Strength of a signal: masculine in French. */
export const strength = {
  strong: { en: 'Strong', fr: 'Fort' },
  medium: { en: 'Medium', fr: 'Moyen' },
  weak: { en: 'Weak', fr: 'Faible' },
  none: { en: 'No weight', fr: 'Sans poids' },
} as const satisfies CodeWords;

/** What ties a state to a referral: Article 18(2) of Regulation (EU) 2022/2065, Article 17 of Directive 2011/93/EU. */
export const role = {
  offence: { en: 'Place of the offence', fr: 'Lieu de l’infraction' },
  reportedUser: {
    en: 'Residence or location of the reported user',
    fr: 'Résidence ou localisation de l’utilisateur signalé',
  },
  victim: {
    en: 'Residence or location of the person appearing to be victim',
    fr: 'Résidence ou localisation de la personne paraissant être victime',
  },
  otherPerson: {
    en: 'Residence or location of another person',
    fr: 'Résidence ou localisation d’une autre personne',
  },
} as const satisfies CodeWords;

/** What was found; with the rules that stand among the signals of a state which somebody else named. */
export const signal = {
  eventUploadOrSend: { en: 'Upload or sending', fr: 'Téléversement ou envoi' },
  eventLoginOrRegistration: { en: 'Login or registration', fr: 'Connexion ou inscription' },
  eventPayment: { en: 'Payment', fr: 'Paiement' },
  eventOther: { en: 'Other network event', fr: 'Autre événement réseau' },
  phoneCountry: { en: 'Country of a telephone number', fr: 'Pays d’un numéro de téléphone' },
  placeVerified: { en: 'Verified place', fr: 'Lieu vérifié' },
  placeDeclared: { en: 'Declared place', fr: 'Lieu déclaré' },
  placeEstimated: { en: 'Place estimated by the sender', fr: 'Lieu estimé par l’expéditeur' },
  positionOfDevice: { en: 'Position of a device', fr: 'Position d’un appareil' },
  positionOfMedia: { en: 'Position in media metadata', fr: 'Position tirée des métadonnées d’un média' },
  positionEstimated: { en: 'Position estimated by the sender', fr: 'Position estimée par l’expéditeur' },
  hostingTraced: { en: 'Traced hosting', fr: 'Hébergement retracé' },
  priorReferral: {
    en: 'Earlier referral went there',
    fr: 'Transmission antérieure adressée à cet État',
  },
  namedByDecliningAuthority: {
    en: 'Named by an authority that declined',
    fr: 'Désigné par une autorité qui a décliné',
  },
} as const satisfies CodeWords;

/** Rules of the criminal question, of Europol's part and of the suggested lead. */
export const rule = {
  statesLikelyCompetent: {
    en: 'Member States likely to have jurisdiction',
    fr: 'États membres probablement compétents',
  },
  relationFollowsPrior: {
    en: 'Goes where the earlier referral went',
    fr: 'Suit la transmission antérieure',
  },
  withdrawalFollowsPrior: {
    en: 'Withdrawal goes where the earlier referral went',
    fr: 'Retrait qui suit la transmission antérieure',
  },
  noStateCertainEnough: {
    en: 'No Member State certain enough',
    fr: 'Aucun État membre établi avec assez de certitude',
  },
  emptyOfFacts: { en: 'Holds no fact', fr: 'Ne contient aucun fait' },
  redirectedAfterDecline: { en: 'Redirected after a decline', fr: 'Réorienté après un refus' },
  priorReferral: signal.priorReferral,
  namedByDecliningAuthority: signal.namedByDecliningAuthority,
  article48Copy: { en: 'Copy under Article 48(3)', fr: 'Copie au titre de l’article 48, paragraphe 3' },
  europolOnly: { en: 'Only addressee', fr: 'Seul destinataire' },
  namedDeparture: {
    en: 'No copy, by a departure that the policy names',
    fr: 'Pas de copie, par une dérogation que la politique désigne',
  },
  notForwarded: { en: 'Not forwarded', fr: 'Non transmis' },
  onlyState: { en: 'The only state concerned', fr: 'Seul État concerné' },
  leadByOffence: { en: 'Place of the offence', fr: 'Lieu de l’infraction' },
  leadByReportedUser: {
    en: 'Residence or location of the reported user',
    fr: 'Résidence ou localisation de l’utilisateur signalé',
  },
  leadByVictim: {
    en: 'Residence or location of the person appearing to be victim',
    fr: 'Résidence ou localisation de la personne paraissant être victime',
  },
  leadByOtherPerson: {
    en: 'Residence or location of another person',
    fr: 'Résidence ou localisation d’une autre personne',
  },
  leadOfPriorReferral: { en: 'As with the earlier referral', fr: 'Comme pour la transmission antérieure' },
  noStateConcerned: { en: 'No state concerned', fr: 'Aucun État concerné' },
} as const satisfies CodeWords;

/** Which rule of Article 33 applied. */
export const regulatoryBasis = {
  mainEstablishment: { en: 'Main establishment', fr: 'Établissement principal' },
  legalRepresentative: { en: 'Legal representative', fr: 'Représentant légal' },
  noRepresentative: {
    en: 'Neither establishment nor representative',
    fr: 'Ni établissement ni représentant',
  },
  notApplicable: { en: 'Not applicable', fr: 'Sans objet' },
} as const satisfies CodeWords;

/** Why a Coordinating Authority is told: Article 48(8). */
export const noticeGround = {
  notRemoved: { en: 'Public material not removed', fr: 'Matériel public non retiré' },
} as const satisfies CodeWords;
