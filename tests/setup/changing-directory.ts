import { hubChannels } from '@liaison/hub-database';
import { addKeys, revokeKey } from '@liaison/router';
import { generateKeyPair, type KeyPair } from '@liaison/seal';
import { formatUtc } from '@liaison/service';
import { enrolmentDepsOf } from './hub-command.ts';
import { until } from './submitting.ts';
import type { TestHub } from './test-hub.ts';

/** Adds a key to which parcels for a participant are sealed from now on, and waits until the directory has it. */
export async function addEncryptionKey(hub: TestHub, participantId: string): Promise<KeyPair> {
  const pair = generateKeyPair();
  const jwkSet = { keys: [{ ...pair.publicJwk, use: 'enc' }] };
  await addKeys(hub.database, { participantId, jwkSet }, enrolmentDepsOf(hub));
  await until('the directory has the new key', async () => {
    return (await hub.readDirectory()).key(participantId, pair.kid) !== undefined;
  });
  return pair;
}

/** Revokes a key of a participant at once. */
export async function revokeNow(hub: TestHub, participantId: string, kid: string): Promise<void> {
  const since = formatUtc(hub.clock.nowMs());
  await hub.database.transaction((tx) => revokeKey(tx, { participantId, kid, since }, enrolmentDepsOf(hub)));
}

/** Enters which kinds of dispatch and which versions a participant understands. */
export async function enterAbilities(
  hub: TestHub,
  participantId: string,
  abilities: { readonly kinds: readonly string[]; readonly versions: readonly string[] },
): Promise<void> {
  await hub.database.query(
    'update hub.participant set dispatch_kinds = $2, schema_versions = $3, changed_at = $4 where id = $1',
    [participantId, [...abilities.kinds], [...abilities.versions], formatUtc(hub.clock.nowMs())],
  );
  await hub.database.query('select pg_notify($1, $2)', [hubChannels.participants, '']);
}
