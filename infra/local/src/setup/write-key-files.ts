import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAddressOverlay } from '@liaison/testkit';
import type { RunFolder } from '../processes/run-folder.ts';
import {
  auditSecrets,
  contactPointEntry,
  hubSettings,
  membershipOf,
  routerSecrets,
  submissionApiSecrets,
  type Surroundings,
} from './derive-settings.ts';

/** Where the files of a sender lie, with which its commands can be tried. */
export function memberFolder(folder: RunFolder, participantId: string): string {
  return join(folder.keys, 'members', participantId);
}

/** Writes the files that the processes, the hub's commands and the senders read, derived anew at each start. */
export async function writeKeyFiles(folder: RunFolder, surroundings: Surroundings): Promise<void> {
  const write = (path: string, value: unknown): void => {
    writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  };
  const inKeys = (name: string): string => join(folder.keys, name);
  const { senders, contactPoints } = surroundings.installation;
  write(inKeys('submission-api.json'), submissionApiSecrets(surroundings));
  write(inKeys('router.json'), await routerSecrets(surroundings));
  write(inKeys('audit.json'), auditSecrets(surroundings));
  write(inKeys('address-overlay.json'), createAddressOverlay());
  write(inKeys('hub-settings.json'), await hubSettings(surroundings));
  write(
    inKeys('contact-points.json'),
    await Promise.all(contactPoints.map((contactPoint) => contactPointEntry(contactPoint, surroundings))),
  );
  for (const { participant, signing } of senders) {
    const own = memberFolder(folder, participant.id);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    write(join(own, 'membership.json'), await membershipOf(participant.id, participant.kind, surroundings));
    const { kid, privateJwk } = signing;
    write(join(own, 'private.jwks.json'), { keys: [{ ...privateJwk, kid, use: 'sig' }] });
  }
}
