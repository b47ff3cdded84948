import type { Referral } from '@liaison/contracts';
import { html, type Markup } from '@liaison/pages';
import { defang } from './defang.ts';
import type { DispatchView } from './dispatch-view.ts';
import { renderLines, renderTable } from './facts.ts';

type Person = NonNullable<Referral['persons']>[number];

function mono(text: string | number | undefined): Markup | null {
  return text === undefined ? null : html`<span class="mono">${text}</span>`;
}

function section(id: string, title: string, body: Markup): Markup {
  return html`<section aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    ${body}
  </section>`;
}

function renderItems({ referral, reader, say }: DispatchView): Markup | null {
  const { items } = referral;
  if (items === undefined) return null;
  const heads = ['item', 'media', 'count', 'reference', 'viewed', 'match', 'public', 'preserved'] as const;
  const rows = items.map((item) => [
    mono(item.itemId),
    reader.code('mediaType', item.mediaType),
    item.count === undefined ? null : reader.formats.number(item.count),
    renderLines([
      mono(item.evidenceReference),
      ...(item.digests ?? []).map(
        ({ algorithm, value }) => html`<small>${algorithm} <span class="mono">${value}</span></small>`,
      ),
    ]),
    item.viewedByPerson === undefined ? null : reader.code('answer3', item.viewedByPerson),
    item.matchBasis === undefined ? null : reader.code('matchBasis', item.matchBasis),
    item.public === undefined ? null : reader.code('answer3', item.public),
    renderLines([
      item.preservedUntil === undefined ? null : reader.formats.day(item.preservedUntil),
      item.removal === undefined ? null : reader.code('removal', item.removal.status),
    ]),
  ]);
  const table = renderTable({ caption: say('items'), heads: heads.map((head) => say(head)), rows });
  return section('items', say('items'), table);
}

function renderIdentifiers({ reader, say }: DispatchView, { identifiers = [] }: Person): Markup {
  return renderLines(
    identifiers.map(({ type, value, verified }) => {
      // The only one that could be opened is written so that no program opens it.
      const shown = type === 'profileUrl' ? defang(value) : value;
      const how = say('verified', { answer: reader.code('answer3', verified) });
      return html`${reader.code('identifierType', type)} <strong class="mono">${shown}</strong>${' '}
        <small>(${how})</small>`;
    }),
  );
}

function renderAccount({ reader, say }: DispatchView, person: Person): Markup {
  const { accountAction: action, createdAt, lastLoginAt, languages, timeZone } = person;
  return renderLines([
    action === undefined ? null : reader.code('accountAction', action.status),
    createdAt === undefined ? null : say('created', { at: reader.formats.moment(createdAt) }),
    lastLoginAt === undefined ? null : say('lastLogin', { at: reader.formats.moment(lastLoginAt) }),
    languages === undefined
      ? null
      : `${say('languages')}${reader.colon}${reader.formats.list(languages.map(reader.formats.language))}`,
    timeZone,
  ]);
}

function renderPersons(view: DispatchView): Markup | null {
  const { referral, reader, say } = view;
  const { persons } = referral;
  if (persons === undefined) return null;
  const heads = ['person', 'child', 'identifiers', 'places', 'account'] as const;
  const rows = persons.map((person) => [
    renderLines([html`<strong>${reader.code('personRole', person.role)}</strong>`, mono(person.personId)]),
    renderLines([
      reader.code('mayBeChild', person.mayBeChild),
      person.ageBand === undefined ? null : reader.code('ageBand', person.ageBand),
      person.sex === undefined ? null : reader.code('sex', person.sex),
    ]),
    renderIdentifiers(view, person),
    renderLines(
      (person.places ?? []).map(({ kind, country, postalCode, verified }) => {
        const where = [reader.formats.country(country), postalCode].filter(Boolean).join(' ');
        const how = say('verified', { answer: reader.code('answer3', verified) });
        return `${reader.code('placeKind', kind)}${reader.colon}${where} (${how})`;
      }),
    ),
    renderAccount(view, person),
  ]);
  const table = renderTable({ caption: say('persons'), heads: heads.map((head) => say(head)), rows });
  return section('persons', say('persons'), table);
}

function renderNetwork({ referral, reader, say }: DispatchView): Markup | null {
  const { networkEvents } = referral;
  if (networkEvents === undefined) return null;
  const heads = ['time', 'event', 'address', 'portHead', 'networkKind', 'person', 'item'] as const;
  const freshestFirst = networkEvents.toSorted(
    (left, right) => Date.parse(right.occurredAt) - Date.parse(left.occurredAt),
  );
  const rows = freshestFirst.map((event) => [
    renderLines([
      reader.moment(event.occurredAt),
      html`<small
        >${say('ago', { time: reader.age(event.occurredAt) })};${' '}
        ${say('asSent', { at: event.occurredAt })}</small
      >`,
    ]),
    reader.code('networkEvent', event.event),
    mono(event.ipAddress),
    mono(event.port),
    event.network === undefined ? null : reader.code('network', event.network),
    mono(event.personId),
    mono(event.itemIds?.join(' ')),
  ]);
  const table = renderTable({ caption: say('network'), heads: heads.map((head) => say(head)), rows });
  return section('network', say('network'), table);
}

function renderPositions({ referral, reader, say }: DispatchView): Markup | null {
  const { positions } = referral;
  if (positions === undefined) return null;
  const heads = ['source', 'country', 'coordinates', 'time', 'person', 'item'] as const;
  const rows = positions.map(({ source, country, lat, lon, at, personId, itemId }) => [
    reader.code('positionSource', source),
    reader.formats.country(country),
    lat === undefined || lon === undefined ? null : mono(`${lat}, ${lon}`),
    at === undefined ? null : reader.moment(at),
    mono(personId),
    mono(itemId),
  ]);
  const table = renderTable({ caption: say('positions'), heads: heads.map((head) => say(head)), rows });
  return section('positions', say('positions'), table);
}

/** Items, persons, network events and positions, as far as the sender gave them. */
export function renderDetails(view: DispatchView): Markup {
  return html`${renderNetwork(view)} ${renderPersons(view)} ${renderItems(view)} ${renderPositions(view)}`;
}
