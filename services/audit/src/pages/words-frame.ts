import type { Catalogue } from '@liaison/pages';

const en = {
  place: 'Liaison, the exchange',
  state: 'State now',
  search: 'Find a referral',
  documentation: 'Interface for programs',
  ago: '{age} ago',
  in: 'in {age}',
  label: 'Provider’s reference, referral id or dispatch id',
  find: 'Find',
  toState: 'State of the exchange',
  hub: 'the hub',
  named: '{name} ({id})',
} as const;

/** Key of a word of every page. */
export type FrameWord = keyof typeof en;

const fr: Readonly<Record<FrameWord, string>> = {
  place: 'Liaison, l’échange',
  state: 'État actuel',
  search: 'Trouver une transmission',
  documentation: 'Interface pour programmes',
  ago: 'il y a {age}',
  in: 'dans {age}',
  label: 'Référence du fournisseur, identifiant de transmission ou d’envoi',
  find: 'Trouver',
  toState: 'État de l’échange',
  hub: 'la plateforme',
  named: '{name} ({id})',
};

/** What every page of the dashboard says. */
export const frameWords: Catalogue<FrameWord> = { en, fr };
