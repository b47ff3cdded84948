import { hubParticipantId, memberStates, validateMessage, type ParticipantKind } from '@liaison/contracts';
import type { DirectoryKey } from '@liaison/directory';
import { appendEvents, hubChannels, type EventMaker, type PreparedEvent } from '@liaison/hub-database';
import { toArrayText, insertRows, type Queryable } from '@liaison/postgres';
import { CodedError, formatUtc, type Clock } from '@liaison/service';

/** Who is to take part. */
export interface Enrolment {
  readonly id: string;
  readonly kind: ParticipantKind;
  readonly name: string;
  readonly country: string | null;
  readonly establishment: string | null;
  readonly legalRepresentative: string | null;
  readonly dutyPhone: string | null;
  readonly contact: string | null;
}

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

/**
 * Holds an enrolment to the directory's schema before it gets there: one wrong entry would make the whole directory
 * unreadable for everyone.
 */
function checkEnrolment(enrolment: Enrolment, keys: readonly DirectoryKey[], atMs: number): void {
  const at = formatUtc(atMs);
  const { dutyPhone, contact, ...rest } = enrolment;
  const participant = {
    ...rest,
    ...(dutyPhone === null ? {} : { dutyPhone }),
    ...(contact === null ? {} : { contact }),
    schemaVersions: ['1.0'],
    dispatchKinds: [],
    keys,
  };
  const checked = validateMessage('directory', {
    schemaVersion: '1.0',
    instance: 'check',
    sequence: 1,
    issuedAt: at,
    expiresAt: at,
    hub: hubParticipantId,
    participants: [participant],
    log: { origin: 'check', url: 'https://check.example', keys: ['check+00000000+AA=='] },
  });
  const places = checked.ok ? [] : checked.faults.map(({ pointer }) => pointer.split('/').slice(3).join('/'));
  const isState = memberStates.some((state) => state === enrolment.country);
  if (enrolment.kind === 'lawEnforcement' && !isState) places.push('country');
  if (places.length > 0) {
    throw new CodedError(
      'enrolment-invalid',
      `The enrolment is wrong at: ${[...new Set(places)].join(', ')}.`,
    );
  }
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

/** Adds keys to a participant. @throws CodedError `key-taken` where another has one of them. */
export async function insertKeys(
  tx: Queryable,
  participantId: string,
  added: { readonly keys: readonly DirectoryKey[]; readonly deps: EnrolmentDeps },
): Promise<void> {
  const { keys, deps } = added;
  const { rows } = await tx.query<{ kid: string }>(
    'select kid from hub.participant_key where kid = any($1)',
    [keys.map(({ kid }) => kid)],
  );
  if (rows.length > 0) throw new CodedError('key-taken', 'One of the keys is in the directory already.');
  await insertRows(tx, [
    {
      table: 'hub.participant_key',
      columns: keyColumns,
      rows: keys.map((key) => toKeyRow(participantId, key)),
    },
  ]);
  await tx.query('update hub.participant set changed_at = $2 where id = $1', [
    participantId,
    formatUtc(deps.clock.nowMs()),
  ]);
  await appendEvents(tx, await prepareKeyEvents(participantId, keys, deps));
  await tx.query('select pg_notify($1, $2)', [hubChannels.participants, '']);
}

/**
 * Enrols a participant with its keys; the directory is issued anew at once.
 * @throws CodedError `enrolment-invalid`, `participant-exists`, `role-taken` (a second contact point of a state), `key-taken`.
 */
export async function enrolParticipant(
  tx: Queryable,
  enrolment: Enrolment,
  added: { readonly keys: readonly DirectoryKey[]; readonly deps: EnrolmentDeps },
): Promise<void> {
  const { deps } = added;
  const { id, kind } = enrolment;
  checkEnrolment(enrolment, added.keys, deps.clock.nowMs());
  const now = formatUtc(deps.clock.nowMs());
  const { rows } = await tx.query<{ id: string }>(
    `select id from hub.participant where id = $1 or (kind = $2 and kind in ('europol', 'hub'))
       or (kind = 'lawEnforcement' and $2 = 'lawEnforcement' and country = $3)`,
    [id, kind, enrolment.country],
  );
  if (rows.some((row) => row.id === id))
    throw new CodedError('participant-exists', 'The participant is enrolled already.');
  if (rows.length > 0) throw new CodedError('role-taken', 'Another participant has this role already.');
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
  await insertKeys(tx, id, added);
}
