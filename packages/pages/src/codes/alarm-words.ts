import type { CodeWords } from './code-words.ts';

/** What staff of the hub have to look at. */
export const alarm = {
  addresseeKeyMissing: { en: 'Addressee has no valid key', fr: 'Destinataire sans clé valide' },
  addresseeNotEnrolled: {
    en: 'State has no contact point yet',
    fr: 'État sans point de contact à ce jour',
  },
  answerRefused: { en: 'Answer refused', fr: 'Réponse refusée' },
  contentUnreadable: { en: 'Stored content unreadable', fr: 'Contenu conservé illisible' },
  deliveryReceiptOverdue: { en: 'No delivery receipt in time', fr: 'Accusé de réception en retard' },
  dispatchDeclined: { en: 'Dispatch declined', fr: 'Envoi décliné' },
  dispatchOverdue: { en: 'Not sent in time', fr: 'Envoi en retard' },
  dispatchParked: { en: 'Dispatch held back', fr: 'Envoi mis en attente' },
  dispatchSignatureRefused: {
    en: 'Addressee does not accept the signature',
    fr: 'Signature refusée par le destinataire',
  },
  dispatchUndecryptable: { en: 'Addressee cannot decrypt', fr: 'Déchiffrement impossible au destinataire' },
  exchangeTopicMissing: { en: 'Channel of the exchange missing', fr: 'Canal d’échange absent' },
  feedbackIdReused: { en: 'Answer’s id used again', fr: 'Identifiant de réponse réutilisé' },
  humanAcknowledgementOverdue: {
    en: 'No officer acknowledged in time',
    fr: 'Prise en charge par un agent en retard',
  },
  parcelNotPacked: { en: 'Parcel could not be packed', fr: 'Colis impossible à constituer' },
  receiptForOtherBytes: { en: 'Receipt for other bytes', fr: 'Accusé portant sur d’autres octets' },
  recordQuarantined: { en: 'Unworkable record set aside', fr: 'Message inexploitable mis à l’écart' },
  referralUndecided: { en: 'Referral not decided', fr: 'Transmission sans décision' },
  urgentReferralRefused: { en: 'Urgent submission refused', fr: 'Transmission urgente refusée' },
} as const satisfies CodeWords;

/** Steps that have a deadline. */
export const deadline = {
  dispatch: { en: 'Sending', fr: 'Envoi' },
  deliveryReceipt: { en: 'Delivery receipt', fr: 'Accusé de réception' },
  humanAcknowledgement: { en: 'Acknowledgement by an officer', fr: 'Prise en charge par un agent' },
} as const satisfies CodeWords;

/** What the ledger notes beside a deadline or a policy. */
export const escalation = {
  urgent: { en: 'Urgent', fr: 'Urgent' },
  ordinary: { en: 'Not urgent', fr: 'Non urgent' },
  callDutyPhone: { en: 'Call the duty telephone', fr: 'Appeler la permanence téléphonique' },
  escalateToEuropol: { en: 'Tell Europol', fr: 'Saisir Europol' },
  europolCopyDeparture: {
    en: 'Departure: no copy to Europol',
    fr: 'Dérogation : pas de copie à Europol',
  },
} as const satisfies CodeWords;

/** States that only the ledger's events name. */
export const recordedState = {
  decided: { en: 'Decided', fr: 'Décidé' },
  refused: { en: 'Refused', fr: 'Refusé' },
  passed: { en: 'Passed', fr: 'Dépassé' },
  revoked: { en: 'Revoked', fr: 'Révoquée' },
  effective: { en: 'In effect', fr: 'Prise en compte' },
  overtaken: { en: 'Overtaken by a later one', fr: 'Dépassée par une réponse ultérieure' },
} as const satisfies CodeWords;
