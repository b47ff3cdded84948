import type { CodeWords } from './code-words.ts';

/**
 * Why a decision, a signal or the attributability is what it is. Each is a clause that also stands within a sentence, after
 * its first letter was made small.
 */
export const reason = {
  emptyOfFacts: {
    en: 'The referral holds nothing that could identify, locate or find anyone or anything',
    fr: 'La transmission ne contient rien qui permette d’identifier, de localiser ou de retrouver qui ou quoi que ce soit',
  },
  noSignals: {
    en: 'Nothing in the referral speaks for a country',
    fr: 'Rien dans la transmission ne désigne un pays',
  },
  noSignalCounted: {
    en: 'Nothing that speaks for a country could be counted',
    fr: 'Rien de ce qui désigne un pays n’a pu être retenu',
  },
  certaintyTooLow: {
    en: 'No Member State reaches the certainty that the policy asks for',
    fr: 'Aucun État membre n’atteint la certitude que la politique exige',
  },
  thirdCountryOnly: {
    en: 'The signals speak of third countries alone',
    fr: 'Les indices ne désignent que des pays tiers',
  },
  thirdCountryLikely: {
    en: 'A third country is the likelier one',
    fr: 'Un pays tiers est plus probable',
  },
  priorWentNowhere: {
    en: 'The earlier referral went to no Member State',
    fr: 'La transmission antérieure n’a été adressée à aucun État membre',
  },
  allStatesDeclined: {
    en: 'The Member States addressed have declined',
    fr: 'Les États membres destinataires ont décliné',
  },
  sourcesDisagree: {
    en: 'Sources disagree about the country',
    fr: 'Les sources divergent sur le pays',
  },
  secondOpinionOnly: {
    en: 'Only the second data set knows the address',
    fr: 'Seul le second jeu de données connaît l’adresse',
  },
  stale: { en: 'It was seen long ago', fr: 'L’observation est ancienne' },
  relayed: {
    en: 'A relay that keeps the country hides the address',
    fr: 'Un relais qui préserve le pays masque l’adresse',
  },
  unverified: { en: 'Nobody verified the number', fr: 'Personne n’a vérifié le numéro' },
  virtualNumber: {
    en: 'The number can be had without living there',
    fr: 'Le numéro peut être obtenu sans résider dans le pays',
  },
  cdnFronted: {
    en: 'A content delivery network stands before the host',
    fr: 'Un réseau de diffusion de contenu précède l’hébergeur',
  },
  moved: { en: 'The material has moved', fr: 'Le matériel a été déplacé' },
  hostingBasisUnknown: {
    en: 'How the host was found is not known',
    fr: 'La façon dont l’hébergeur a été trouvé n’est pas connue',
  },
  personAssumed: {
    en: 'Whose it is was assumed, not said',
    fr: 'La personne à laquelle il se rapporte est présumée et non indiquée',
  },
  otherPerson: {
    en: 'It speaks of another person than the reported user or the victim',
    fr: 'Il se rapporte à une autre personne que l’utilisateur signalé ou la victime',
  },
  territoryUnconfirmed: {
    en: 'Nobody confirmed the state’s competence in that territory',
    fr: 'La compétence de l’État sur ce territoire n’a pas été confirmée',
  },
  anonymisingNetwork: {
    en: 'An anonymising network hides the place',
    fr: 'Un réseau d’anonymisation masque le lieu',
  },
  dataCentreNetwork: {
    en: 'The address belongs to a data centre',
    fr: 'L’adresse appartient à un centre de données',
  },
  addressWithoutCountry: {
    en: 'No country is known for the address',
    fr: 'Aucun pays n’est connu pour l’adresse',
  },
  numberWithoutCountry: {
    en: 'No single country is known for the number',
    fr: 'Aucun pays unique n’est connu pour le numéro',
  },
  hostingCountryMissing: {
    en: 'The country of the host is missing',
    fr: 'Le pays de l’hébergeur manque',
  },
  portMissing: {
    en: 'The port is missing, and an address may be shared by many',
    fr: 'Le port manque, or une adresse peut être partagée par de nombreux abonnés',
  },
  mobileNetwork: {
    en: 'A mobile network shares addresses',
    fr: 'Un réseau mobile partage les adresses',
  },
  noNetworkEvents: { en: 'No network event was sent', fr: 'Aucun événement réseau n’a été communiqué' },
  verifiedIdentifier: {
    en: 'A telephone number or mail address was verified',
    fr: 'Un numéro de téléphone ou une adresse électronique a été vérifié',
  },
} as const satisfies CodeWords;
