import type { Decision } from '@liaison/contracts';
import type { ExplainContext } from './explain-context.ts';

export type Signal = Decision['criminal']['signals'][number];

/** As many places of the referral as are named one by one. */
const mostPointers = 3;

/** Signals that are told together: alike in all but where and when they were found. */
function groupAlike(signals: readonly Signal[]): Signal[][] {
  const groups = new Map<string, Signal[]>();
  for (const signal of signals) {
    const key = [signal.code, signal.strength, signal.country, ...signal.reasons].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), signal]);
  }
  return [...groups.values()];
}

function namePointers(pointers: readonly string[], { say }: ExplainContext): string {
  const shown = pointers.slice(0, mostPointers).map((pointer) => pointer.replace(/^\//, ''));
  const rest = pointers.length - shown.length;
  return rest === 0 ? shown.join(', ') : say('signal.more', { pointers: shown.join(', '), count: rest });
}

function nameTime(group: readonly Signal[], count: number, { say, formats }: ExplainContext): string[] {
  const times = group.flatMap(({ observedAt }) => (observedAt === undefined ? [] : [Date.parse(observedAt)]));
  const moment = times.length === 0 ? null : formats.moment(Math.max(...times));
  if (count === 1) return moment === null ? [] : [moment];
  return [
    moment === null ? say('signal.undatedEntries', { count }) : say('signal.entries', { count, moment }),
  ];
}

function nameWeight({ strength, counted, reasons }: Signal, context: ExplainContext): string {
  const { say, name, nameAll } = context;
  const why = nameAll('reason', reasons);
  if (!counted) return reasons.length === 0 ? say('other.noWeight') : why;
  const word = name('strength', strength);
  return reasons.length === 0 ? word : say('signal.lowered', { strength: word, reasons: why });
}

/**
 * Names signals with their provenance: what was found, how strong it is and what lowered it, when it was, and where in the
 * referral it stands (JSON Pointer without its first stroke).
 * @param options.beside the country that the sentence has named already.
 */
export function nameSignals(
  signals: readonly Signal[],
  context: ExplainContext,
  options: { readonly beside: string | null },
): string {
  const { say, name, formats, join } = context;
  const told = groupAlike(signals).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    // An upload speaks both for the offence and for its person: one fact, found in one place.
    const pointers = [...new Set(group.map(({ pointer }) => pointer))];
    const country = first.country === null || first.country === options.beside ? [] : [first.country];
    const parts = [
      ...country.map((code) => formats.country(code)),
      nameWeight(first, context),
      ...nameTime(group, pointers.length, context),
      namePointers(pointers, context),
    ];
    return [say('signal.whole', { signal: name('signal', first.code), parts: join(parts) })];
  });
  return formats.list(told);
}
