import { hubParticipantId, memberStates, validateMessage } from '@liaison/contracts';
import type { DirectoryKey } from '@liaison/directory';
import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import type { Enrolment } from './enrolment.ts';

/** As many as directory.v1.json takes: one more would make the whole directory unreadable for everyone. */
const maxParticipants = 2_000;
const maxKeys = 60;

/** Holds an enrolment to the directory's schema before it gets there. */
function findWrongMembers(enrolment: Enrolment, keys: readonly DirectoryKey[], atMs: number): string[] {
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
  return [...new Set(places)].map((place) => `${place}: member-invalid`);
}

/** Finds what speaks against further keys of a participant: `key-taken` and which key, `keys-too-many`. */
export async function findKeyFaults(
  tx: Queryable,
  participantId: string,
  keys: readonly DirectoryKey[],
): Promise<string[]> {
  const { rows } = await tx.query<{ participant_id: string; kid: string }>(
    'select participant_id, kid from hub.participant_key where kid = any($1) or participant_id = $2',
    [keys.map(({ kid }) => kid), participantId],
  );
  const taken = new Set(rows.map(({ kid }) => kid));
  const faults = keys.flatMap(({ kid }, index) => (taken.has(kid) ? [`key ${index + 1}: key-taken`] : []));
  const own = rows.filter((row) => row.participant_id === participantId).length;
  return own + keys.length > maxKeys ? [...faults, 'keys-too-many'] : faults;
}

/**
 * Finds everything that speaks against enrolling somebody, each as a code, with its place where it has one: those of
 * `findKeyFaults`, `member-invalid`, `participant-exists`, `role-taken` (a second contact point of a state),
 * `directory-full`.
 */
export async function findEnrolmentFaults(
  tx: Queryable,
  enrolment: Enrolment,
  added: { readonly keys: readonly DirectoryKey[]; readonly atMs: number },
): Promise<string[]> {
  const { id, kind, country } = enrolment;
  const { keys, atMs } = added;
  const faults = [...(await findKeyFaults(tx, id, keys)), ...findWrongMembers(enrolment, keys, atMs)];
  const { rows } = await tx.query<{ id: string }>(
    `select id from hub.participant where id = $1 or (kind = $2 and kind in ('europol', 'hub'))
       or (kind = 'lawEnforcement' and $2 = 'lawEnforcement' and country = $3)`,
    [id, kind, country],
  );
  if (rows.some((row) => row.id === id)) faults.push('participant-exists');
  if (rows.some((row) => row.id !== id)) faults.push('role-taken');
  const all = await tx.query<{ count: number }>('select count(*) as count from hub.participant');
  if ((all.rows[0]?.count ?? 0) >= maxParticipants) faults.push('directory-full');
  return faults;
}
