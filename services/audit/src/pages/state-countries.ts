import { createWords, html, type Markup } from '@liaison/pages';
import type { DispatchCount } from '../store/volumes.ts';
import type { StateNow } from '../volumes/read-state-now.ts';
import { renderTable } from './render-table.ts';
import type { Telling } from './state-urgent.ts';
import { stateWords } from './words-state.ts';

const places = [
  'toSend',
  'sent',
  'receipted',
  'acknowledged',
  'declined',
  'closed',
  'parked',
  'cancelled',
] as const;

type Place = (typeof places)[number];

interface AddresseeRow {
  readonly addressee: string;
  readonly oldestAt: string | null;
  readonly counts: Partial<Record<Place, number>>;
}

/** What a person asks of a dispatch: how far it has come, and once it is there, what was answered. */
function placeOf({ state, answer }: DispatchCount): Place {
  if (state === 'sealed' || state === 'sending') return 'toSend';
  const shown = state === 'receipted' ? (answer ?? state) : state;
  return places.find((place) => place === shown) ?? 'toSend';
}

/** One row for each addressee: those that wait longest first, the others by name. */
function toRows(counts: readonly DispatchCount[], nameOf: Telling['nameOf']): AddresseeRow[] {
  const rows = new Map<string, AddresseeRow>();
  for (const one of counts) {
    const { addressee, oldestUndeliveredAt: oldestAt, count } = one;
    const known = rows.get(addressee)?.counts;
    const place = placeOf(one);
    rows.set(addressee, {
      addressee,
      oldestAt,
      counts: { ...known, [place]: (known?.[place] ?? 0) + count },
    });
  }
  return [...rows.values()].toSorted((left, right) => {
    if (left.oldestAt !== right.oldestAt) {
      if (left.oldestAt === null || right.oldestAt === null) return left.oldestAt === null ? 1 : -1;
      return left.oldestAt < right.oldestAt ? -1 : 1;
    }
    return nameOf(left.addressee).localeCompare(nameOf(right.addressee));
  });
}

/** Dispatches by addressee and state. */
export function renderCountries({ dispatches }: StateNow, { reader, nameOf }: Telling): Markup {
  const { locale, formats, code, age } = reader;
  const say = createWords(stateWords, locale);
  if (dispatches.length === 0)
    return html`<h3>${say('countries')}</h3>
      <p>${say('countriesNone')}</p>`;
  const heads: Readonly<Record<Place, string>> = {
    toSend: say('toSend'),
    sent: say('sent'),
    receipted: say('receiptedOnly'),
    acknowledged: code('dispatchState', 'acknowledged'),
    declined: code('dispatchState', 'declined'),
    closed: code('dispatchState', 'closed'),
    parked: code('dispatchState', 'parked'),
    cancelled: code('dispatchState', 'cancelled'),
  };
  return html`<h3>${say('countries')}</h3>
    ${renderTable({
      caption: say('countries'),
      columns: [
        { head: say('addressee') },
        { head: say('oldestColumn') },
        ...places.map((place) => ({ head: heads[place], isNumber: true })),
      ],
      rows: toRows(dispatches, nameOf).map(({ addressee, oldestAt, counts }) => ({
        cells: [
          nameOf(addressee),
          oldestAt === null ? '–' : age(oldestAt),
          ...places.map((place) => (counts[place] === undefined ? '–' : formats.number(counts[place]))),
        ],
      })),
    })}`;
}
