import type { CodeWords } from './code-words.ts';

/** Why a receiver refused a message. */
export const refusal = {
  undecryptable: { en: 'No key held decrypts it', fr: 'Aucune clé détenue ne le déchiffre' },
  'parcel-malformed': {
    en: 'Not a parcel, or not for this receiver',
    fr: 'N’est pas un colis, ou pas pour ce destinataire',
  },
  'jws-malformed': { en: 'Not in the exact form of the profile', fr: 'N’a pas la forme exacte du profil' },
  'signature-invalid': {
    en: 'Signature is not by the key named',
    fr: 'Signature étrangère à la clé indiquée',
  },
  'key-unknown': { en: 'Key not in the directory', fr: 'Clé absente de l’annuaire' },
  'key-not-valid': { en: 'Key not valid', fr: 'Clé non valide' },
  'audience-wrong': { en: 'For another addressee', fr: 'Adressé à un autre destinataire' },
  'version-unknown': { en: 'Version not known', fr: 'Version inconnue' },
  'kind-unknown': { en: 'Kind not known', fr: 'Type inconnu' },
  'schema-invalid': { en: 'Does not follow the schema', fr: 'Non conforme au schéma' },
  'id-reused': {
    en: 'Id came before with another payload',
    fr: 'Identifiant déjà reçu avec un autre contenu',
  },
  'in-reply-to-unknown': {
    en: 'What it answers is not known',
    fr: 'Le message auquel il répond est inconnu',
  },
} as const satisfies CodeWords;

/** Why the hub refused a submission, or a service a request. */
export const problem = {
  'body-not-json': { en: 'The body is not JSON', fr: 'Le corps n’est pas du JSON' },
  'body-empty': { en: 'The body is empty', fr: 'Le corps est vide' },
  'body-unreadable': {
    en: 'The body could not be read to its end',
    fr: 'Le corps n’a pu être lu jusqu’au bout',
  },
  'body-too-large': { en: 'The body is too large', fr: 'Le corps est trop grand' },
  'content-type-not-supported': {
    en: 'The content type is not the one asked for',
    fr: 'Le type de contenu n’est pas celui attendu',
  },
  'content-encoding-not-supported': {
    en: 'The body must not be compressed',
    fr: 'Le corps ne doit pas être compressé',
  },
  'parameter-invalid': { en: 'A parameter is wrong', fr: 'Un paramètre est erroné' },
  'jws-malformed': refusal['jws-malformed'],
  'payload-too-large': { en: 'The payload is too large', fr: 'Le contenu est trop grand' },
  'key-unknown': refusal['key-unknown'],
  'key-not-valid': refusal['key-not-valid'],
  'key-revoked': { en: 'Key revoked', fr: 'Clé révoquée' },
  'signature-invalid': refusal['signature-invalid'],
  'audience-wrong': refusal['audience-wrong'],
  'iat-stale': { en: 'Signed too long ago', fr: 'Signé il y a trop longtemps' },
  'iat-in-future': { en: 'Signed in the future', fr: 'Signé dans le futur' },
  'authorization-missing': { en: 'No token', fr: 'Jeton absent' },
  'authorization-invalid': {
    en: 'The token does not authorise this',
    fr: 'Le jeton n’autorise pas cette demande',
  },
  'authorization-replayed': { en: 'The token was used before', fr: 'Le jeton a déjà servi' },
  'sender-not-allowed': { en: 'The sender may not do this', fr: 'L’expéditeur n’y est pas autorisé' },
  'schema-invalid': refusal['schema-invalid'],
  'guard-refused': { en: 'Holds what may not enter', fr: 'Contient ce qui ne peut entrer' },
  'relation-unknown': {
    en: 'The earlier referral is not the sender’s',
    fr: 'La transmission antérieure n’est pas de cet expéditeur',
  },
  'origin-foreign': {
    en: 'The form did not come from one of these pages',
    fr: 'Le formulaire ne provient pas de ces pages',
  },
  'reference-reused': {
    en: 'The reference belongs to another payload',
    fr: 'La référence appartient à un autre contenu',
  },
  'reference-erased': {
    en: 'The referral of this reference was erased',
    fr: 'La transmission de cette référence a été effacée',
  },
  'referral-unknown': { en: 'No such referral', fr: 'Transmission inconnue' },
  'dispatch-unknown': { en: 'No such dispatch', fr: 'Envoi inconnu' },
  'answer-conflict': { en: 'Contradicts an earlier answer', fr: 'Contredit une réponse antérieure' },
  'leaf-unknown': {
    en: 'The leaf is not in the log of that size',
    fr: 'La feuille n’est pas dans le registre de cette taille',
  },
  'checkpoint-unknown': {
    en: 'No checkpoint of that size was signed',
    fr: 'Aucun point de contrôle de cette taille n’a été signé',
  },
  'path-unknown': { en: 'There is nothing at this address', fr: 'Il n’y a rien à cette adresse' },
  'method-not-allowed': {
    en: 'This address does not take this method',
    fr: 'Cette adresse n’accepte pas cette méthode',
  },
  'rate-exceeded': { en: 'The quota is used up', fr: 'Le quota est épuisé' },
  'directory-expired': { en: 'The directory has expired', fr: 'L’annuaire a expiré' },
  'not-ready': { en: 'The service cannot work now', fr: 'Le service ne peut fonctionner actuellement' },
  'shutting-down': { en: 'The service is stopping', fr: 'Le service s’arrête' },
  'internal-error': { en: 'The service failed', fr: 'Le service a échoué' },
} as const satisfies CodeWords;
