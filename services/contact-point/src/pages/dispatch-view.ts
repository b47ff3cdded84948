import { createWords, type Words } from '@liaison/pages';
import type { ContactPointApi } from '@liaison/contracts';
import type { StoredDispatch } from '../inbox/open-stored.ts';
import type { HeldAnswer } from '../store/held-answers.ts';
import type { Reveal } from '../store/reveals.ts';
import { dispatchWords } from './dispatch-words.ts';
import type { Reader } from './reader.ts';
import { revealWords } from './reveal-words.ts';

/** What a page has to say of what was done a moment ago. */
export const toldCodes = ['undone', 'late', 'answered', 'conflict', 'shown', 'purpose'] as const;
export type ToldCode = (typeof toldCodes)[number];

/** Everything that the page of a dispatch shows. */
export interface DispatchFacts extends StoredDispatch {
  readonly answers: readonly ContactPointApi['schemas']['QueuedAnswer'][];
  readonly held: readonly HeldAnswer[];
  readonly reveals: readonly Omit<Reveal, 'id'>[];
  /** Referrals that the sender names and that are here: by their referral id. */
  readonly linked: ReadonlyMap<string, string>;
  readonly told: ToldCode | null;
  /** Ids for forms: one for each address, one for the whole file. */
  readonly newId: () => string;
}

/** The page of a dispatch, as its sections are given it. */
export interface DispatchView extends DispatchFacts {
  readonly reader: Reader;
  readonly say: Words<keyof (typeof dispatchWords)['en']>;
  readonly sayReveal: Words<keyof (typeof revealWords)['en']>;
  /** Address of the page. */
  readonly href: string;
}

/** Gives the sections of a page what they need. */
export function viewDispatch(facts: DispatchFacts, reader: Reader): DispatchView {
  return {
    ...facts,
    reader,
    say: createWords(dispatchWords, reader.locale),
    sayReveal: createWords(revealWords, reader.locale),
    href: `${reader.basePath}/inbox/${facts.entry.dispatchId}`,
  };
}
