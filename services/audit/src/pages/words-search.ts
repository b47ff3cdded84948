import type { Catalogue } from '@liaison/pages';

const en = {
  title: 'Find a referral',
  titleSeveral: '{count} referrals with this reference',
  none: 'Nothing has the reference or id “{typed}”.',
  noneHelp:
    'A reference is found whole only, letter for letter. What was refused was never accepted and has no timeline.',
  malformed:
    '“{typed}” cannot be a reference or an id: those have at most 128 letters, digits and the signs . _ : -',
  several: 'Each sender chooses its own references, so several referrals may share one.',
  reference: 'Reference',
  sender: 'Sender',
  accepted: 'Accepted',
  state: 'State',
  referralId: 'Referral id',
} as const;

/** Key of a word of the search. */
export type SearchWord = keyof typeof en;

const fr: Readonly<Record<SearchWord, string>> = {
  title: 'Trouver une transmission',
  titleSeveral: '{count} transmissions portent cette référence',
  none: 'Rien ne porte la référence ou l’identifiant « {typed} ».',
  noneHelp:
    'Une référence n’est trouvée qu’entière, à la lettre près. Un dépôt refusé n’a jamais été accepté et n’a pas de chronologie.',
  malformed:
    '« {typed} » ne peut être ni une référence ni un identifiant : ceux-ci ont au plus 128 lettres, chiffres et signes . _ : -',
  several: 'Chaque expéditeur choisit ses références ; plusieurs transmissions peuvent donc porter la même.',
  reference: 'Référence',
  sender: 'Expéditeur',
  accepted: 'Acceptée',
  state: 'État',
  referralId: 'Identifiant',
};

/** What the search says. */
export const searchWords: Catalogue<SearchWord> = { en, fr };
