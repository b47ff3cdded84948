import type { ParticipantKind } from '@liaison/contracts';
import { readJwkSet } from '@liaison/directory';
import type { Database } from '@liaison/postgres';
import { CodedError } from '@liaison/service';
import { insertKeys, type EnrolmentDeps } from './enrol-participant.ts';
import { describeJwkFaults } from './register-participant.ts';

/**
 * Adds keys to a participant: the old ones stay valid beside them, so that keys rotate while traffic flows.
 * @returns the thumbprints of the new keys.
 * @throws CodedError `participant-unknown`, `keys-refused`, which names every fault.
 */
export async function addKeys(
  database: Database,
  added: { readonly participantId: string; readonly jwkSet: unknown },
  deps: EnrolmentDeps,
): Promise<string[]> {
  const { participantId, jwkSet } = added;
  const { rows } = await database.query<{ kind: ParticipantKind }>(
    'select kind from hub.participant where id = $1',
    [participantId],
  );
  const kind = rows[0]?.kind;
  if (kind === undefined || kind === 'hub') {
    throw new CodedError('participant-unknown', 'There is no such participant whose keys could be added.');
  }
  const read = readJwkSet(jwkSet, { kind, nowMs: deps.clock.nowMs(), requireAll: false });
  if (!read.ok)
    throw new CodedError('keys-refused', `The keys cannot be added: ${describeJwkFaults(read.faults)}.`);
  await database.transaction((tx) => insertKeys(tx, participantId, { keys: read.keys, deps }));
  return read.keys.map(({ kid }) => kid);
}
