import type { CodeWords } from './code-words.ts';

/** Faults of a payload. */
export const fault = {
  'member-missing': { en: 'A required member is missing', fr: 'Un membre obligatoire manque' },
  'member-unknown': {
    en: 'The schema has no such member',
    fr: 'Le schéma ne connaît pas ce membre',
  },
  'member-not-allowed': { en: 'The member is not allowed here', fr: 'Le membre n’est pas admis ici' },
  'type-wrong': { en: 'The value has another type', fr: 'La valeur est d’un autre type' },
  'value-not-listed': {
    en: 'The value is not one of those listed',
    fr: 'La valeur ne figure pas dans la liste',
  },
  'format-wrong': {
    en: 'The value does not have the form asked for',
    fr: 'La valeur n’a pas la forme attendue',
  },
  'length-out-of-range': {
    en: 'The text is too short or too long',
    fr: 'Le texte est trop court ou trop long',
  },
  'number-out-of-range': {
    en: 'The number is too small or too large',
    fr: 'Le nombre est trop petit ou trop grand',
  },
  'count-out-of-range': { en: 'Too few or too many entries', fr: 'Trop peu ou trop d’entrées' },
  'entries-not-unique': { en: 'Two entries are the same', fr: 'Deux entrées sont identiques' },
  'text-not-nfc': { en: 'The text is not in Unicode form C', fr: 'Le texte n’est pas en forme C d’Unicode' },
  'time-in-future': {
    en: 'The time is more than five minutes in the future',
    fr: 'L’heure est à plus de cinq minutes dans le futur',
  },
  'time-order-wrong': { en: 'The end lies before the start', fr: 'La fin précède le début' },
  'id-not-unique': { en: 'The id is used twice', fr: 'L’identifiant est utilisé deux fois' },
  'id-dangling': {
    en: 'The id is not in this referral',
    fr: 'L’identifiant n’est pas dans cette transmission',
  },
  'nothing-referred': { en: 'Nothing is referred', fr: 'Rien n’est transmis' },
  'position-too-precise': {
    en: 'The position is too precise for what is not urgent',
    fr: 'La position est trop précise pour ce qui n’est pas urgent',
  },
  'child-name-not-allowed': {
    en: 'The name of a child may not be sent',
    fr: 'Le nom d’un enfant ne peut être transmis',
  },
  'reporter-not-signer': {
    en: 'The reporter is not the one who signed',
    fr: 'L’auteur n’est pas le signataire',
  },
  'kind-not-for-sender': {
    en: 'Not a kind for this sender',
    fr: 'Type non prévu pour cet expéditeur',
  },
  'guard-media-type': {
    en: 'A media type stands where none belongs',
    fr: 'Un type de média se trouve là où il n’en faut pas',
  },
  'guard-data-uri': { en: 'A data URI stands in the text', fr: 'Le texte contient une URI de données' },
  'guard-base64-run': { en: 'A run of base64 stands in the text', fr: 'Le texte contient du base64' },
  'guard-hex-run': { en: 'A run of hex stands in the text', fr: 'Le texte contient de l’hexadécimal' },
  'guard-magic-number': {
    en: 'The text, decoded, begins like a media file',
    fr: 'Le texte, décodé, commence comme un fichier multimédia',
  },
  'guard-url': {
    en: 'An address stands where none belongs',
    fr: 'Une adresse se trouve là où il n’en faut pas',
  },
  'guard-text-too-long': { en: 'The free text is too long', fr: 'Le texte libre est trop long' },
  'guard-member-unknown': { en: 'The guard knows no such member', fr: 'La garde ne connaît pas ce membre' },
  'guard-hidden-text': {
    en: 'The text holds characters that a reader cannot see',
    fr: 'Le texte contient des caractères invisibles',
  },
} as const satisfies CodeWords;
