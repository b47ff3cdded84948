import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryIndex } from '@liaison/directory';
import { open } from './dispatches-interface.ts';
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

test('a key that is withdrawn after a dispatch was received flags it from then on', async () => {
  const { directory, chat } = started.members;
  started.setDirectory(directory);
  const { id, jws } = await started.hub.signDispatch();
  await started.hub.deliver(await started.hub.sealParcel([jws]));
  const readFlag = async (): Promise<unknown> => (await open(started, id)).body.senderKeyRevokedSince;
  expect(await readFlag()).toBeNull();
  const since = new Date(Date.parse(acceptedAt) - 60_000).toISOString();
  const withdrawn = { ...chat.current.listed, revoked: { since, at: new Date().toISOString() } };
  started.setDirectory({
    ...directory,
    key: (participantId, kid) => (kid === withdrawn.kid ? withdrawn : directory.key(participantId, kid)),
  });
  expect(await readFlag()).toBe(since);
});

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
