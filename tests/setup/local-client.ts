import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memberFolder, type RunningLocal } from '@liaison/local';
import {
  createProviderClient,
  readMembership,
  readSigningKey,
  type ProviderClient,
} from '@liaison/provider-client';
import { createNewId, systemClock } from '@liaison/service';

/** A file of a sender of a running Liaison. */
export function memberFile(local: RunningLocal, senderId: string, name: string): string {
  return join(memberFolder(local.folder, senderId), name);
}

/** The client of a sender, with the files that it has. */
export function createLocalClient(local: RunningLocal, senderId: string): ProviderClient {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(memberFile(local, senderId, name), 'utf8')) as unknown;
  const signing = readSigningKey(read('private.jwks.json'));
  if (!signing.ok) throw new Error(signing.code);
  return createProviderClient({
    membership: readMembership(read('membership.json')),
    signingKey: signing.key,
    clock: systemClock,
    newId: createNewId(systemClock, randomBytes),
  });
}
