import type { FaultCode } from './codes.ts';
import type { Fault, ParticipantKind, Referral } from './generated/messages.d.ts';
import { limits } from './limits.ts';

/** Who signed, as the directory has it. */
export interface Signer {
  readonly participantId: string;
  readonly kind: ParticipantKind;
}

const kindOfSender: Readonly<Record<Referral['referralKind'], ParticipantKind>> = {
  providerReport: 'provider',
  hotlineReferral: 'hotline',
  partnerReferral: 'partnerCentre',
};

/** Members that name a time yet to come. */
const mayBeAhead = new Set(['preservedUntil']);

/** An RFC 3339 time is the only string of a referral that can have this form: free text is longer or differs. */
const timeForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

type Add = (pointer: string, code: FaultCode) => void;

function visitStrings(value: unknown, pointer: string, visit: (text: string, pointer: string) => void): void {
  if (typeof value === 'string') visit(value, pointer);
  else if (Array.isArray(value)) {
    value.forEach((entry, index) => {
      visitStrings(entry, `${pointer}/${index}`, visit);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, entry] of Object.entries(value)) visitStrings(entry, `${pointer}/${name}`, visit);
  }
}

function checkTexts(referral: Referral, nowMs: number, add: Add): void {
  const latestMs = nowMs + limits.eventMaxAheadMs;
  visitStrings(referral, '', (text, pointer) => {
    if (text.normalize('NFC') !== text) add(pointer, 'text-not-nfc');
    const member = pointer.slice(pointer.lastIndexOf('/') + 1);
    if (timeForm.test(text) && !mayBeAhead.has(member) && Date.parse(text) > latestMs) {
      const announced = /^\/authoritiesInformed\/(\d+)\/at$/.exec(pointer)?.[1];
      const state =
        announced === undefined ? undefined : referral.authoritiesInformed?.[Number(announced)]?.state;
      if (state !== 'willReport') add(pointer, 'time-in-future');
    }
  });
  const { occurredFrom, occurredTo } = referral;
  if (
    occurredFrom !== undefined &&
    occurredTo !== undefined &&
    Date.parse(occurredTo) < Date.parse(occurredFrom)
  ) {
    add('/occurredTo', 'time-order-wrong');
  }
}

function checkUnique(
  ids: readonly string[],
  pointerOf: (index: number) => string,
  add: Add,
): ReadonlySet<string> {
  const seen = new Set<string>();
  ids.forEach((id, index) => {
    if (seen.has(id)) add(pointerOf(index), 'id-not-unique');
    seen.add(id);
  });
  return seen;
}

function checkIds(referral: Referral, add: Add): void {
  const items = checkUnique(
    (referral.items ?? []).map((item) => item.itemId),
    (index) => `/items/${index}/itemId`,
    add,
  );
  const persons = checkUnique(
    (referral.persons ?? []).map((person) => person.personId),
    (index) => `/persons/${index}/personId`,
    add,
  );
  const expect = (ids: ReadonlySet<string>, id: string | undefined, pointer: string): void => {
    if (id !== undefined && !ids.has(id)) add(pointer, 'id-dangling');
  };
  referral.networkEvents?.forEach((event, index) => {
    expect(persons, event.personId, `/networkEvents/${index}/personId`);
    event.itemIds?.forEach((id, at) => {
      expect(items, id, `/networkEvents/${index}/itemIds/${at}`);
    });
  });
  referral.positions?.forEach((position, index) => {
    expect(persons, position.personId, `/positions/${index}/personId`);
    expect(items, position.itemId, `/positions/${index}/itemId`);
  });
}

function hasMoreThanTwoDecimals(degrees: number | undefined): boolean {
  return degrees !== undefined && Math.abs(degrees * 100 - Math.round(degrees * 100)) > 1e-7;
}

function checkSparing(referral: Referral, add: Add): void {
  if (!referral.urgency.claimed) {
    referral.positions?.forEach((position, index) => {
      if (hasMoreThanTwoDecimals(position.lat)) add(`/positions/${index}/lat`, 'position-too-precise');
      if (hasMoreThanTwoDecimals(position.lon)) add(`/positions/${index}/lon`, 'position-too-precise');
    });
  }
  referral.persons?.forEach((person, index) => {
    if (person.mayBeChild !== 'yes') return;
    person.identifiers?.forEach((identifier, at) => {
      if (identifier.type === 'declaredName') {
        add(`/persons/${index}/identifiers/${at}/type`, 'child-name-not-allowed');
      }
    });
  });
}

function refersSomething(referral: Referral): boolean {
  const { items, persons, networkEvents, urls, relation } = referral;
  return (
    relation?.type === 'withdrawal' ||
    [items, persons, networkEvents, urls].some((list) => list !== undefined)
  );
}

/**
 * Checks what the schema cannot say of a referral that follows it: texts in NFC, times that have passed, ids that
 * are unique and not dangling, at least one thing referred, positions and names kept sparing, the sender itself.
 * @param referral a referral that follows `referral.v1`.
 * @param context `nowMs` in milliseconds since 1970; the signer where it is known (a draft has none yet).
 * @returns every fault, each with its JSON Pointer; none when the referral may be accepted.
 */
export function checkReferralRules(
  referral: Referral,
  context: { readonly nowMs: number; readonly signer?: Signer },
): Fault[] {
  const faults: Fault[] = [];
  const add: Add = (pointer, code) => {
    faults.push({ pointer, code });
  };
  checkTexts(referral, context.nowMs, add);
  checkIds(referral, add);
  checkSparing(referral, add);
  if (!refersSomething(referral)) add('', 'nothing-referred');
  if (context.signer !== undefined) {
    if (referral.reporter.participantId !== context.signer.participantId) {
      add('/reporter/participantId', 'reporter-not-signer');
    }
    if (kindOfSender[referral.referralKind] !== context.signer.kind)
      add('/referralKind', 'kind-not-for-sender');
  }
  return faults;
}
