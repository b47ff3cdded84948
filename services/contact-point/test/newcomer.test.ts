import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryIndex } from '@liaison/directory';
import { acceptedAt } from './members.ts';
import { startContactPoint, type StartedContactPoint } from './start-contact-point.ts';

let started: StartedContactPoint;

/** A directory that does not have the sender yet, issued so long after the hub accepted. */
function withoutSender(afterMs: number): DirectoryIndex {
  const { directory } = started.members;
  return {
    ...directory,
    issuedAtMs: Date.parse(acceptedAt) + afterMs,
    key: (participantId, kid) =>
      participantId === 'example-chat' ? undefined : directory.key(participantId, kid),
  };
}

async function deliverOne(): Promise<readonly object[]> {
  const { jws } = await started.hub.signDispatch();
  const { entries } = await started.hub.deliver(await started.hub.sealParcel([jws]));
  return entries;
}

beforeAll(async () => {
  started = await startContactPoint();
});
beforeEach(() => {
  started.offerDirectory(null);
});
afterAll(() => started.close());

describe('a sender that the directory at hand does not have', () => {
  test('and that the hub accepted after it was issued is looked for in the newest one', async () => {
    started.setDirectory(withoutSender(-1_000));
    started.offerDirectory(started.members.directory);
    expect(await deliverOne()).toMatchObject([{ outcome: 'accepted' }]);
  });

  test('nor the newest one is refused', async () => {
    started.setDirectory(withoutSender(-1_000));
    expect(await deliverOne()).toMatchObject([{ outcome: 'refused', code: 'key-unknown' }]);
  });

  test('though it was issued after the hub accepted is refused without asking', async () => {
    started.setDirectory(withoutSender(1_000));
    started.offerDirectory(started.members.directory);
    expect(await deliverOne()).toMatchObject([{ outcome: 'refused', code: 'key-unknown' }]);
  });
});
