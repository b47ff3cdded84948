import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runDesk } from '../../setup/conformance-members.ts';
import { makeOutsideKey } from '../../setup/outside-keys.ts';
import type { FaultWorld } from './fault-world.ts';

const senderId = 'example-chat';
const attempts = 20;
const pauseMs = 1_000;
/** The directory is issued within moments; a sender that signs sooner is told that its key is not known. */
const listedWithinMs = 3_000;

/** Gives a sender another key, under load: it signs with the new one as soon as the directory has it. */
export async function rotateKey({ whole, feeding, points }: FaultWorld): Promise<void> {
  const made = await makeOutsideKey('sig');
  const file = join(points, `${made.kid}.jwks.json`);
  writeFileSync(file, JSON.stringify({ keys: [made.entry] }));
  for (let attempt = 1; ; attempt += 1) {
    try {
      await runDesk(whole.local, 'add-keys', senderId, '--jwks', file);
      break;
    } catch (error) {
      // The fault before may have the database still down; and the command may have got through all the same.
      if (error instanceof Error && /key-known|known|already/i.test(error.message)) break;
      if (attempt === attempts) throw error;
      await sleep(pauseMs);
    }
  }
  await sleep(listedWithinMs);
  feeding.useKey(senderId, made.key);
}
