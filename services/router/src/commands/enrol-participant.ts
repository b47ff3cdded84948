import type { ParticipantKind } from '@liaison/contracts';
import type { DirectoryKey } from '@liaison/directory';
import { appendEvents, hubChannels, type EventMaker, type PreparedEvent } from '@liaison/hub-database';
import { toArrayText, insertRows, type Queryable } from '@liaison/postgres';
import { CodedError, formatUtc, type Clock } from '@liaison/service';
import type { Enrolment } from './enrolment.ts';
import { findEnrolmentFaults, findKeyFaults } from './find-enrolment-faults.ts';

/** What enrolling needs. */
export interface EnrolmentDeps {
  readonly events: EventMaker;
  readonly clock: Clock;
  readonly hubId: string;
}

/** Kinds to which the hub dispatches. */
const addresseeKinds: ReadonlySet<ParticipantKind> = new Set(['lawEnforcement', 'europol']);

const keyColumns = {
  participant_id: 'text',
  kid: 'text',
  use: 'text',
  types: 'text[]',
  jwk: 'jsonb',
  not_before: 'timestamptz',
  not_after: 'timestamptz',
};

/** `parcel+jwe` and the like hold a character that array literals need no quotes for. */
function toKeyRow(participantId: string, key: DirectoryKey): unknown[] {
  const { kid, use, types, jwk, notBefore, notAfter } = key;
  return [participantId, kid, use, toArrayText(types), JSON.stringify(jwk), notBefore, notAfter];
}

async function prepareKeyEvents(
  participantId: string,
  keys: readonly DirectoryKey[],
  deps: EnrolmentDeps,
): Promise<PreparedEvent[]> {
  const events: PreparedEvent[] = [];
  for (const { kid, use, notBefore, notAfter } of keys) {
    events.push(
      await deps.events.prepare({
        type: 'keyAdded',
        atMs: deps.clock.nowMs(),
        subjectId: participantId,
        actorId: deps.hubId,
        facts: { kind: use },
        details: { kid, notAfter, notBefore },
        referralId: null,
        audience: null,
      }),
    );
  }
  return events;
}

/**
 * Adds keys to a participant.
 * @throws CodedError `keys-refused` with `key-taken` where one is in the directory already, and `keys-too-many`.
 */
export async function insertKeys(
  tx: Queryable,
  participantId: string,
  added: { readonly keys: readonly DirectoryKey[]; readonly deps: EnrolmentDeps },
): Promise<void> {
  const { keys, deps } = added;
  // First, because it locks: two that add keys at once would not count each other's.
  await tx.query('update hub.participant set changed_at = $2 where id = $1', [
    participantId,
    formatUtc(deps.clock.nowMs()),
  ]);
  const faults = await findKeyFaults(tx, participantId, keys);
  if (faults.length > 0) {
    throw new CodedError('keys-refused', `The keys cannot be added: ${faults.join('; ')}.`);
  }
  await writeKeys(tx, participantId, added);
}

async function writeKeys(
  tx: Queryable,
  participantId: string,
  { keys, deps }: { readonly keys: readonly DirectoryKey[]; readonly deps: EnrolmentDeps },
): Promise<void> {
  await insertRows(tx, [
    {
      table: 'hub.participant_key',
      columns: keyColumns,
      rows: keys.map((key) => toKeyRow(participantId, key)),
    },
  ]);
  await appendEvents(tx, await prepareKeyEvents(participantId, keys, deps));
  await tx.query('select pg_notify($1, $2)', [hubChannels.participants, '']);
}

/**
 * Enrols a participant with its keys; the directory is issued anew at once.
 * @throws CodedError `enrolment-refused`, which names everything that `findEnrolmentFaults` finds.
 */
export async function enrolParticipant(
  tx: Queryable,
  enrolment: Enrolment,
  added: { readonly keys: readonly DirectoryKey[]; readonly deps: EnrolmentDeps },
): Promise<void> {
  const { keys, deps } = added;
  const { id, kind } = enrolment;
  const faults = await findEnrolmentFaults(tx, enrolment, { keys, atMs: deps.clock.nowMs() });
  if (faults.length > 0) {
    throw new CodedError('enrolment-refused', `The participant cannot be enrolled: ${faults.join('; ')}.`);
  }
  const now = formatUtc(deps.clock.nowMs());
  await tx.query(
    `insert into hub.participant (id, kind, name, country, establishment, legal_representative, duty_phone, contact,
       schema_versions, dispatch_kinds, registered_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
    [
      id,
      kind,
      enrolment.name,
      enrolment.country,
      enrolment.establishment,
      enrolment.legalRepresentative,
      enrolment.dutyPhone,
      enrolment.contact,
      ['1.0'],
      addresseeKinds.has(kind) ? ['referral'] : [],
      now,
    ],
  );
  const registered = await deps.events.prepare({
    type: 'participantRegistered',
    atMs: deps.clock.nowMs(),
    subjectId: id,
    actorId: deps.hubId,
    facts: { kind },
    details: { id, kind },
    referralId: null,
    audience: null,
  });
  await appendEvents(tx, [registered]);
  await writeKeys(tx, id, added);
}
