import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { open, receive } from './dispatches-interface.ts';
import { startContactPoint, type StartedContactPoint } from './start-contact-point.ts';

let started: StartedContactPoint;
let shiftMs = 0;

const holdMs = 30_000;
const clock = { nowMs: () => Date.now() + shiftMs };

beforeAll(async () => {
  started = await startContactPoint({ clock });
});
afterAll(() => started.close());

interface Form {
  readonly answerId: string;
  readonly seen: string;
}

/** Opens the form of an acknowledgement, as a browser does. */
async function openForm(dispatchId: string): Promise<Form> {
  const page = await (await fetch(`${started.origin}/inbox/${dispatchId}/acknowledge`)).text();
  const valueOf = (name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
  return { answerId: valueOf('answerId'), seen: valueOf('seen') };
}

async function post(
  dispatchId: string,
  action: string,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  return fetch(`${started.origin}/inbox/${dispatchId}/${action}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });
}

async function acknowledge(dispatchId: string, form: Form, caseNumber = 'BE-9'): Promise<string | null> {
  const response = await post(dispatchId, 'acknowledge', { ...form, caseNumber, step: 'send' });
  expect(response.status).toBe(303);
  return new URL(response.headers.get('location') ?? '', started.origin).searchParams.get('told');
}

async function answersOf(dispatchId: string): Promise<string[]> {
  return ((await open(started, dispatchId)).body.answers ?? []).map(({ kind }) => kind);
}

async function stateOf(dispatchId: string): Promise<string | undefined> {
  return (await open(started, dispatchId)).body.entry?.state;
}

async function countHeld(dispatchId: string): Promise<number> {
  const { rows } = await started.inbox.query<{ count: number }>(
    'select count(*) as count from inbox.held_answer where dispatch_id = $1',
    [dispatchId],
  );
  return rows[0]?.count ?? -1;
}

/** Ids of the answers to a dispatch that have come to the hub, in every parcel. */
async function arrived(dispatchId: string, parcels: number): Promise<string[]> {
  const messages = (await started.hub.feedback(parcels)).flatMap((parcel) => parcel.messages);
  return messages
    .filter(({ payload }) => (payload as { inReplyTo?: string }).inReplyTo === dispatchId)
    .map(({ header }) => header.jti);
}

describe('an answer that is held', () => {
  test('is neither signed nor numbered until its time has come, then goes by itself', async () => {
    const { id } = await receive(started);
    expect(await acknowledge(id, await openForm(id))).toBeNull();
    shiftMs += holdMs - 5_000;
    // The outbox goes round once a second: another answer that is sent at once shows that it has.
    const other = (await receive(started)).id;
    await fetch(`${started.origin}/v1/dispatches/${other}/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answerId: started.newId(), kind: 'acknowledged', caseNumber: 'BE-8' }),
    });
    expect(await arrived(other, 1)).toHaveLength(1);
    expect([await answersOf(id), await stateOf(id), await countHeld(id)]).toEqual([[], 'new', 1]);
    shiftMs += 5_000;
    expect(await arrived(id, 2)).toHaveLength(1);
    expect([await answersOf(id), await stateOf(id), await countHeld(id)]).toEqual([
      ['acknowledged'],
      'acknowledged',
      0,
    ]);
  });

  test('taken back leaves no trace, and the next one is the first', async () => {
    const { id } = await receive(started);
    const form = await openForm(id);
    await acknowledge(id, form);
    const undone = await post(id, 'undo', { answerId: form.answerId });
    expect(undone.headers.get('location')).toMatch(/told=undone$/);
    expect([await answersOf(id), await stateOf(id), await countHeld(id)]).toEqual([[], 'new', 0]);
    await acknowledge(id, await openForm(id), 'BE-10');
    shiftMs += holdMs;
    expect(await arrived(id, 3)).toHaveLength(1);
    const { answers, entry } = (await open(started, id)).body;
    expect([answers?.map(({ sequence }) => sequence), entry?.caseNumber]).toEqual([[1], 'BE-10']);
  });

  test('cannot be taken back once its time has come', async () => {
    const { id } = await receive(started);
    const form = await openForm(id);
    await acknowledge(id, form);
    shiftMs += holdMs;
    const undone = await post(id, 'undo', { answerId: form.answerId });
    expect(undone.headers.get('location')).toMatch(/told=late$/);
    expect(await arrived(id, 4)).toHaveLength(1);
  });

  test('sent twice by one form is one answer, while it is held and after', async () => {
    const { id } = await receive(started);
    const form = await openForm(id);
    const both = await Promise.all([acknowledge(id, form), acknowledge(id, form)]);
    expect([both, await countHeld(id)]).toEqual([[null, null], 1]);
    shiftMs += holdMs;
    expect(await arrived(id, 5)).toHaveLength(1);
    expect(await acknowledge(id, form)).toBeNull();
    expect(await acknowledge(id, form, 'BE-other')).toBe('conflict');
    expect([await countHeld(id), await answersOf(id)]).toEqual([0, ['acknowledged']]);
  });

  test('of a window that did not know of another answer has no effect', async () => {
    const { id } = await receive(started);
    const [first, second] = [await openForm(id), await openForm(id)];
    expect(await acknowledge(id, first, 'BE-1')).toBeNull();
    expect(await acknowledge(id, second, 'BE-2')).toBe('answered');
    expect(await countHeld(id)).toBe(1);
    await post(id, 'undo', { answerId: first.answerId });
  });
});

describe('a contact point that dies', () => {
  test.each(['held:taken', 'held:released'])(
    'at %s loses no held answer and sends none twice',
    async (at) => {
      const parcelsBefore = at === 'held:taken' ? 5 : 6;
      const { id } = await receive(started);
      await acknowledge(id, await openForm(id));
      let reached = 0;
      await started.restart((point) => {
        if (point !== at) return Promise.resolve();
        reached += 1;
        return Promise.reject(new Error('killed here'));
      });
      shiftMs += holdMs;
      await expect.poll(() => reached).toBeGreaterThan(0);
      await started.restart();
      expect(await arrived(id, parcelsBefore + 1)).toHaveLength(1);
      await expect
        .poll(async () => (await open(started, id)).body.answers?.map(({ state }) => state))
        .toEqual(['sent']);
      expect([await answersOf(id), await countHeld(id)]).toEqual([['acknowledged'], 0]);
    },
  );

  test('keeps what is held over a restart, and it can still be taken back', async () => {
    const { id } = await receive(started);
    const form = await openForm(id);
    await acknowledge(id, form);
    await started.restart();
    const page = await (await fetch(`${started.origin}/inbox/${id}`)).text();
    expect(page).toContain(form.answerId);
    await post(id, 'undo', { answerId: form.answerId });
    expect(await countHeld(id)).toBe(0);
  });
});

test('while there is no directory that holds, an answer whose time has come waits and is not lost', async () => {
  const { id } = await receive(started);
  await acknowledge(id, await openForm(id));
  started.setDirectory(null);
  shiftMs += holdMs;
  expect(await countHeld(id)).toBe(1);
  started.setDirectory(started.members.directory);
  await expect.poll(() => answersOf(id)).toEqual(['acknowledged']);
});
