import type { CodeWords } from './code-words.ts';

export const answerKind = {
  acknowledged: { en: 'Acknowledged', fr: 'Pris en charge' },
  declined: { en: 'Declined', fr: 'Décliné' },
  informationRequested: { en: 'Information requested', fr: 'Informations demandées' },
  userNoticeHold: { en: 'User not to be told', fr: 'Suspension de l’information de l’utilisateur' },
  noRemovalHold: { en: 'Material not to be removed', fr: 'Suspension du retrait' },
  outcome: { en: 'Outcome', fr: 'Suites données' },
} as const satisfies CodeWords;

export const declineReason = {
  notCompetent: { en: 'Not competent', fr: 'Non compétent' },
  otherStateCompetent: { en: 'Another state is competent', fr: 'Un autre État est compétent' },
  alreadyKnown: { en: 'Already known', fr: 'Déjà connu' },
  notActionable: { en: 'Nothing can be done with it', fr: 'Inexploitable' },
} as const satisfies CodeWords;

export const requestedInformation = {
  networkEvents: { en: 'Network events', fr: 'Événements réseau' },
  ports: { en: 'Ports', fr: 'Ports' },
  identifiers: { en: 'Identifiers', fr: 'Identifiants' },
  evidenceReference: { en: 'Reference to the evidence', fr: 'Référence des éléments de preuve' },
  preservation: { en: 'Preservation', fr: 'Conservation' },
  occurrence: { en: 'Time of the act', fr: 'Moment des faits' },
  place: { en: 'Place', fr: 'Lieu' },
  other: { en: 'Other', fr: 'Autre' },
} as const satisfies CodeWords;

export const holdGround = {
  preventInterference: { en: 'Not to interfere with an investigation', fr: 'Ne pas entraver une enquête' },
  protectVictim: { en: 'To protect a victim', fr: 'Protéger une victime' },
  other: { en: 'Other', fr: 'Autre' },
} as const satisfies CodeWords;

export const outcomeResult = {
  investigationOpened: { en: 'Investigation opened', fr: 'Enquête ouverte' },
  contributedToOngoing: { en: 'Contributed to an investigation', fr: 'A contribué à une enquête en cours' },
  otherAction: { en: 'Other action', fr: 'Autre mesure' },
  noAction: { en: 'No action', fr: 'Aucune mesure' },
} as const satisfies CodeWords;

export const assessment = {
  illegal: { en: 'Illegal', fr: 'Illicite' },
  notIllegal: { en: 'Not illegal', fr: 'Non illicite' },
  notAssessed: { en: 'Not assessed', fr: 'Non évalué' },
} as const satisfies CodeWords;

export const outcomeReason = {
  notIllegal: { en: 'Not illegal', fr: 'Non illicite' },
  insufficientInformation: { en: 'Information not sufficient', fr: 'Informations insuffisantes' },
  prescribed: { en: 'Prescribed', fr: 'Prescription' },
  duplicate: { en: 'Duplicate', fr: 'Doublon' },
  notInJurisdiction: { en: 'Not within jurisdiction', fr: 'Hors compétence' },
  resources: { en: 'Lack of resources', fr: 'Manque de moyens' },
  other: { en: 'Other', fr: 'Autre' },
} as const satisfies CodeWords;

/** States of an answer on its way to the hub. */
export const answerState = {
  queued: { en: 'Waiting to be sent', fr: 'En attente d’envoi' },
  sending: { en: 'Being sent', fr: 'En cours d’envoi' },
  sent: { en: 'Sent', fr: 'Envoyé' },
  receipted: { en: 'Receipted', fr: 'Réception attestée' },
  refused: { en: 'Refused', fr: 'Refusé' },
} as const satisfies CodeWords;

/** What a provider may be told: never addressees, case numbers or outcomes. */
export const feedEvent = {
  accepted: { en: 'Accepted', fr: 'Acceptée' },
  infoRequested: { en: 'Information requested', fr: 'Informations demandées' },
  manifestlyUnfounded: { en: 'Manifestly unfounded', fr: 'Manifestement infondée' },
  forwarded: { en: 'Forwarded', fr: 'Transmise' },
  userNoticeHold: answerKind.userNoticeHold,
  noRemovalHold: answerKind.noRemovalHold,
  notIllegal: assessment.notIllegal,
  closed: { en: 'Closed', fr: 'Close' },
  erased: { en: 'Erased', fr: 'Effacée' },
} as const satisfies CodeWords;
