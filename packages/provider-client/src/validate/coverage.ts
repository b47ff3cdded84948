import type { Referral } from '@liaison/contracts';
import { networkEventFields, personFields, urlFields } from './useful-entry-fields.ts';
import { itemFields, referralFields, type Purpose, type UsefulField } from './useful-fields.ts';

/** How often one useful field is there. */
export interface FieldCoverage {
  /** JSON Pointer, with `*` for every entry of a list. */
  readonly field: string;
  readonly goodFor: readonly Purpose[];
  readonly why: string;
  /** Entries that have it. */
  readonly has: number;
  /** Entries that could have it. */
  readonly of: number;
}

/** Counts over many referrals what useful fields they have. */
export interface CoverageCounter {
  /** Counts a valid referral. @returns how many useful fields it lacks; each entry of a list counts. */
  add(referral: Referral): number;
  /** Fields that something counted could have, in the order of the schema. */
  fields(): readonly FieldCoverage[];
}

type Ask = (referral: Referral) => readonly (boolean | null)[];

interface Column {
  readonly field: Pick<FieldCoverage, 'field' | 'goodFor' | 'why'>;
  readonly ask: Ask;
}

function columnsOf<Entry>(
  fields: readonly UsefulField<Entry>[],
  entriesOf: (referral: Referral) => readonly Entry[],
): Column[] {
  return fields.map(({ field, goodFor, why, has }) => ({
    field: { field, goodFor, why },
    ask: (referral) => entriesOf(referral).map((entry) => has(entry, referral)),
  }));
}

const columns: readonly Column[] = [
  ...columnsOf(referralFields, (referral) => [referral]),
  ...columnsOf(itemFields, ({ items }) => items ?? []),
  ...columnsOf(personFields, ({ persons }) => persons ?? []),
  ...columnsOf(networkEventFields, ({ networkEvents }) => networkEvents ?? []),
  ...columnsOf(urlFields, ({ urls }) => urls ?? []),
];

/** Makes a counter. A withdrawal needs none of the fields, and is not counted. */
export function createCoverageCounter(): CoverageCounter {
  const counts = columns.map(() => ({ has: 0, of: 0 }));
  return {
    add(referral) {
      if (referral.relation?.type === 'withdrawal') return 0;
      let missing = 0;
      for (const [index, { ask }] of columns.entries()) {
        const answers = ask(referral).filter((answer) => answer !== null);
        const has = answers.filter(Boolean).length;
        const count = counts[index];
        if (count === undefined) continue;
        count.has += has;
        count.of += answers.length;
        missing += answers.length - has;
      }
      return missing;
    },
    fields: () =>
      columns.flatMap(({ field }, index) => {
        const { has = 0, of = 0 } = counts[index] ?? {};
        return of === 0 ? [] : [{ ...field, has, of }];
      }),
  };
}
