import type { CodeWords } from './code-words.ts';

export const participantKind = {
  provider: { en: 'Provider', fr: 'Fournisseur' },
  hotline: { en: 'Hotline', fr: 'Service de signalement' },
  partnerCentre: { en: 'Partner centre', fr: 'Centre partenaire' },
  lawEnforcement: { en: 'National contact point (authority)', fr: 'Point de contact national (autorité)' },
  coordinatingAuthority: { en: 'Coordinating Authority', fr: 'Autorité coordinatrice' },
  europol: { en: 'Europol', fr: 'Europol' },
  hub: { en: 'Hub', fr: 'Plateforme' },
} as const satisfies CodeWords;

export const keyUse = {
  sig: { en: 'Signature', fr: 'Signature' },
  enc: { en: 'Encryption', fr: 'Chiffrement' },
} as const satisfies CodeWords;

/** Practice of Europol’s SIENA. */
export const handlingCode = {
  H0: {
    en: 'H0: to prevent and combat crime',
    fr: 'H0 : prévention et répression de la criminalité',
  },
  H1: {
    en: 'H1: not in judicial proceedings without permission',
    fr: 'H1 : pas d’usage judiciaire sans autorisation',
  },
  H2: { en: 'H2: not passed on without permission', fr: 'H2 : pas de diffusion sans autorisation' },
  H3: { en: 'H3: other restrictions', fr: 'H3 : autres restrictions' },
} as const satisfies CodeWords;

/** Article 29 of Regulation (EU) 2016/794. */
export const sourceEvaluation = {
  A: { en: 'A: reliable beyond doubt', fr: 'A : fiabilité hors de doute' },
  B: { en: 'B: reliable in most cases', fr: 'B : fiable dans la plupart des cas' },
  C: { en: 'C: unreliable in most cases', fr: 'C : non fiable dans la plupart des cas' },
  X: { en: 'X: reliability cannot be assessed', fr: 'X : fiabilité impossible à évaluer' },
} as const satisfies CodeWords;

export const informationEvaluation = {
  1: { en: '1: accuracy not in doubt', fr: '1 : exactitude hors de doute' },
  2: { en: '2: known personally to the source', fr: '2 : connue personnellement de la source' },
  3: { en: '3: not known personally, corroborated', fr: '3 : non connue personnellement, corroborée' },
  4: { en: '4: cannot be corroborated', fr: '4 : ne peut être corroborée' },
} as const satisfies CodeWords;

export const dispatchKind = {
  referral: { en: 'Referral', fr: 'Transmission' },
} as const satisfies CodeWords;

/** States of a dispatch: the hub’s, on its way, then the contact point’s, at work on it. */
export const dispatchState = {
  sealed: { en: 'Ready to be sent', fr: 'Prêt à l’envoi' },
  sending: { en: 'Being sent', fr: 'En cours d’envoi' },
  sent: { en: 'Sent, no receipt yet', fr: 'Envoyé, réception non attestée' },
  receipted: { en: 'Receipted', fr: 'Réception attestée' },
  parked: { en: 'Held back', fr: 'Mis en attente' },
  cancelled: { en: 'Cancelled', fr: 'Annulé' },
  new: { en: 'New', fr: 'Nouveau' },
  acknowledged: { en: 'Acknowledged', fr: 'Pris en charge' },
  declined: { en: 'Declined', fr: 'Décliné' },
  closed: { en: 'Closed', fr: 'Clos' },
} as const satisfies CodeWords;

export const receiptOutcome = {
  opened: { en: 'Opened', fr: 'Ouvert' },
  accepted: { en: 'Accepted', fr: 'Accepté' },
  refused: { en: 'Refused', fr: 'Refusé' },
} as const satisfies CodeWords;

/** States of a referral, as its sender and the dashboard see them. */
export const referralState = {
  accepted: { en: 'Accepted', fr: 'Acceptée' },
  infoRequested: { en: 'Information requested', fr: 'Informations demandées' },
  manifestlyUnfounded: { en: 'Manifestly unfounded', fr: 'Manifestement infondée' },
  forwarded: { en: 'Forwarded', fr: 'Transmise' },
  closed: { en: 'Closed', fr: 'Close' },
  erased: { en: 'Erased', fr: 'Effacée' },
} as const satisfies CodeWords;

export const eventType = {
  referralAccepted: { en: 'Referral accepted', fr: 'Transmission acceptée' },
  submissionRefused: { en: 'Submission refused', fr: 'Dépôt refusé' },
  referralDecided: { en: 'Referral decided', fr: 'Décision sur la transmission' },
  noticeDecided: { en: 'Notice decided', fr: 'Notification décidée' },
  dispatchSealed: { en: 'Dispatch signed', fr: 'Envoi signé' },
  dispatchSent: { en: 'Dispatch sent', fr: 'Envoi expédié' },
  dispatchReceipted: { en: 'Dispatch receipted', fr: 'Réception de l’envoi attestée' },
  dispatchRefused: { en: 'Dispatch refused', fr: 'Envoi refusé' },
  dispatchParked: { en: 'Dispatch held back', fr: 'Envoi mis en attente' },
  feedbackReceived: { en: 'Answer received', fr: 'Réponse reçue' },
  referralClosed: { en: 'Referral closed', fr: 'Transmission close' },
  deadlinePassed: { en: 'Deadline passed', fr: 'Délai dépassé' },
  contentErased: { en: 'Content erased', fr: 'Contenu effacé' },
  participantRegistered: { en: 'Participant registered', fr: 'Participant inscrit' },
  keyAdded: { en: 'Key added', fr: 'Clé ajoutée' },
  keyRevoked: { en: 'Key revoked', fr: 'Clé révoquée' },
  policyActivated: { en: 'Policy in force', fr: 'Politique en vigueur' },
} as const satisfies CodeWords;
