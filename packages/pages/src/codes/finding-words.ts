import type { CodeWords } from './code-words.ts';

export const answer3 = {
  yes: { en: 'Yes', fr: 'Oui' },
  no: { en: 'No', fr: 'Non' },
  unknown: { en: 'Not known', fr: 'Non connu' },
} as const satisfies CodeWords;

/** The account holder may be the child: most self-generated material is. */
export const mayBeChild = {
  yes: { en: 'May be a child', fr: 'Peut être un enfant' },
  no: { en: 'Not a child, says the sender', fr: 'Pas un enfant, selon l’expéditeur' },
  unknown: { en: 'Not known whether a child', fr: 'Non connu si c’est un enfant' },
} as const satisfies CodeWords;

export const personRole = {
  reportedUser: { en: 'Reported user', fr: 'Utilisateur signalé' },
  personAppearingToBeVictim: {
    en: 'Person appearing to be victim',
    fr: 'Personne paraissant être victime',
  },
  recipient: { en: 'Recipient', fr: 'Destinataire' },
  otherInvolved: { en: 'Otherwise involved', fr: 'Autre personne concernée' },
  unclear: { en: 'Role unclear', fr: 'Rôle incertain' },
} as const satisfies CodeWords;

export const ageBand = {
  under6: { en: 'Under 6', fr: 'Moins de 6 ans' },
  '6to9': { en: '6 to 9', fr: 'De 6 à 9 ans' },
  '10to12': { en: '10 to 12', fr: 'De 10 à 12 ans' },
  '13to15': { en: '13 to 15', fr: 'De 13 à 15 ans' },
  '16to17': { en: '16 to 17', fr: 'De 16 à 17 ans' },
  unknown: { en: 'Age not known', fr: 'Âge non connu' },
} as const satisfies CodeWords;

export const sex = {
  female: { en: 'Female', fr: 'Féminin' },
  male: { en: 'Male', fr: 'Masculin' },
  other: { en: 'Other', fr: 'Autre' },
  unknown: { en: 'Not known', fr: 'Non connu' },
} as const satisfies CodeWords;

export const identifierType = {
  username: { en: 'User name', fr: 'Nom d’utilisateur' },
  userId: { en: 'User id', fr: 'Identifiant d’utilisateur' },
  email: { en: 'Mail address', fr: 'Adresse électronique' },
  phone: { en: 'Telephone number', fr: 'Numéro de téléphone' },
  profileUrl: { en: 'Profile address', fr: 'Adresse du profil' },
  declaredName: { en: 'Declared name', fr: 'Nom déclaré' },
} as const satisfies CodeWords;

export const placeKind = {
  declared: { en: 'Declared', fr: 'Déclaré' },
  billing: { en: 'Billing', fr: 'Facturation' },
  numberCountry: { en: 'Country of a number', fr: 'Pays d’un numéro' },
  accountRegion: { en: 'Region of the account', fr: 'Région du compte' },
  providerEstimate: { en: 'Estimate of the sender', fr: 'Estimation de l’expéditeur' },
} as const satisfies CodeWords;

export const accountAction = {
  none: { en: 'None', fr: 'Aucune' },
  restricted: { en: 'Restricted', fr: 'Restreint' },
  blocked: { en: 'Blocked', fr: 'Bloqué' },
  suspended: { en: 'Suspended', fr: 'Suspendu' },
  terminated: { en: 'Terminated', fr: 'Résilié' },
} as const satisfies CodeWords;

export const networkEvent = {
  upload: { en: 'Upload', fr: 'Téléversement' },
  send: { en: 'Sending', fr: 'Envoi' },
  login: { en: 'Login', fr: 'Connexion' },
  registration: { en: 'Registration', fr: 'Inscription' },
  payment: { en: 'Payment', fr: 'Paiement' },
  other: { en: 'Other', fr: 'Autre' },
} as const satisfies CodeWords;

export const network = {
  residential: { en: 'Residential', fr: 'Résidentiel' },
  mobile: { en: 'Mobile', fr: 'Mobile' },
  hosting: { en: 'Data centre', fr: 'Centre de données' },
  vpnOrProxy: { en: 'VPN or proxy', fr: 'VPN ou serveur mandataire' },
  tor: { en: 'Tor', fr: 'Tor' },
  countryRelay: { en: 'Relay that keeps the country', fr: 'Relais qui préserve le pays' },
  unknown: { en: 'Not known', fr: 'Non connu' },
} as const satisfies CodeWords;

export const positionSource = {
  mediaMetadata: { en: 'Media metadata', fr: 'Métadonnées d’un média' },
  device: { en: 'Device', fr: 'Appareil' },
  providerEstimate: { en: 'Estimate of the sender', fr: 'Estimation de l’expéditeur' },
} as const satisfies CodeWords;

export const mediaType = {
  image: { en: 'Image', fr: 'Image' },
  video: { en: 'Video', fr: 'Vidéo' },
  audio: { en: 'Audio', fr: 'Audio' },
  text: { en: 'Text', fr: 'Texte' },
  liveStream: { en: 'Live stream', fr: 'Diffusion en direct' },
  archive: { en: 'Archive', fr: 'Archive' },
  other: { en: 'Other', fr: 'Autre' },
} as const satisfies CodeWords;

export const digestAlgorithm = {
  sha256: { en: 'SHA-256', fr: 'SHA-256' },
  sha1: { en: 'SHA-1', fr: 'SHA-1' },
  md5: { en: 'MD5', fr: 'MD5' },
} as const satisfies CodeWords;

export const matchBasis = {
  centreIndicator: { en: 'Indicator of the EU Centre', fr: 'Indicateur du centre de l’UE' },
  otherHashList: { en: 'Other hash list', fr: 'Autre liste d’empreintes' },
  none: { en: 'No match', fr: 'Aucune correspondance' },
} as const satisfies CodeWords;

export const removal = {
  removed: { en: 'Removed', fr: 'Retiré' },
  disabled: { en: 'Access disabled', fr: 'Accès bloqué' },
  notRemoved: { en: 'Not removed', fr: 'Non retiré' },
  keptOnRequest: { en: 'Kept on an authority’s request', fr: 'Maintenu à la demande d’une autorité' },
} as const satisfies CodeWords;

export const hostingBasis = {
  hotlineTrace: { en: 'Traced by the hotline', fr: 'Retracé par le service de signalement' },
  iccam: { en: 'ICCAM', fr: 'ICCAM' },
  unknown: { en: 'Not known', fr: 'Non connu' },
} as const satisfies CodeWords;

export const urlState = {
  online: { en: 'Online', fr: 'En ligne' },
  offline: { en: 'Offline', fr: 'Hors ligne' },
  moved: { en: 'Moved', fr: 'Déplacé' },
} as const satisfies CodeWords;

export const urlAssessment = {
  baseline: { en: 'Illegal by the common baseline', fr: 'Illicite selon le socle commun' },
  national: { en: 'Illegal by national law', fr: 'Illicite selon le droit national' },
  notAssessed: { en: 'Not assessed', fr: 'Non évalué' },
} as const satisfies CodeWords;
