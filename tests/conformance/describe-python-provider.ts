import { originOf, type SubmissionApi } from '@liaison/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { referralTo, type ConformanceMember } from '../setup/conformance-members.ts';
import { senderId, type JoinedMembers } from './joined-members.ts';

type Feed = SubmissionApi['schemas']['FeedPage'];
type Status = SubmissionApi['schemas']['ReferralStatus'];

/** What the program says of one submission. */
interface Said {
  readonly status: number;
  readonly referralId?: string;
  readonly receipt?: string;
  readonly code?: string;
  readonly faults?: readonly { readonly pointer: string; readonly code: string }[];
  readonly existing?: { readonly referralId: string } | null;
}

interface Kept {
  readonly evidence: readonly [Entry, Entry];
  readonly older: string;
  readonly consistency: { readonly hashes: readonly string[] };
}

interface Entry {
  readonly receipt: string;
  readonly proof: { readonly position: number; readonly checkpoint: string };
}

function changeProof(kept: Kept, change: (proof: Entry['proof']) => Partial<Entry['proof']>): Kept {
  const [one, two] = kept.evidence;
  return { ...kept, evidence: [{ ...one, proof: { ...one.proof, ...change(one.proof) } }, two] };
}

/** Says that a provider in Python that has nothing but the contracts can do everything that one needs. */
export function describePythonProvider(joined: () => JoinedMembers): void {
  let first: { readonly path: string; readonly said: Said };
  let batch: readonly Said[];

  const run: ConformanceMember['run'] = (...command) => joined().provider.run(...command);
  const submit = async (command: 'submit' | 'batch', ...paths: readonly string[]): Promise<readonly Said[]> =>
    ((await run(command, ...paths)) as { results: readonly Said[] }).results;
  const write = (name: string, reference: string, changes?: object): Promise<string> =>
    joined().provider.write(name, referralTo(senderId, reference, changes));

  beforeAll(async () => {
    const path = await write('first.json', 'PY-1');
    const [said] = await submit('submit', path);
    if (said === undefined) throw new Error('nothing was said');
    first = { path, said };
    await run('checkpoint');
  });

  test('makes its own keys, is registered, submits, and finds its receipt good', () => {
    expect(first.said).toMatchObject({ status: 201, receipt: expect.any(String) as string });
  });

  test('gets the very same receipt when it signs the same bytes anew', async () => {
    const [again] = await submit('submit', first.path);
    expect(again).toEqual({ ...first.said, status: 200 });
  });

  test('has each referral of a batch judged by itself', async () => {
    batch = await submit(
      'batch',
      await write('second.json', 'PY-2'),
      first.path,
      await write('reused.json', 'PY-1', { abuseTypes: ['newMaterial'] }),
      await write('wrong.json', 'PY-3', { urgency: {}, suspect: 'yes' }),
      await write('third.json', 'PY-4'),
    );
    expect(batch.map(({ status, code }) => code ?? status)).toEqual([
      201,
      200,
      'reference-reused',
      'schema-invalid',
      201,
    ]);
    expect(batch[2]?.existing).toEqual({ referralId: first.said.referralId });
    expect(batch[3]?.faults?.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()).toEqual([
      '/suspect member-unknown',
      '/urgency/claimed member-missing',
    ]);
  });

  test('reads the state of what it referred', async () => {
    const status = (await run('status', first.said.referralId ?? '')) as Status;
    expect(status).toMatchObject({ providerReference: 'PY-1', receipt: first.said.receipt });
  });

  test('follows the feed, page by page, and misses and repeats nothing', async () => {
    const ids = [first.said, ...batch].filter(({ status }) => status === 201).map((one) => one.referralId);
    const { events, pages } = (await run('feed', '--count', '3', '--limit', '1')) as {
      events: Feed['events'];
      pages: number;
    };
    const accepted = events.filter(({ kind }) => kind === 'accepted');
    expect(accepted.map(({ referralId }) => referralId)).toEqual(ids);
    const positions = events.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].toSorted((left, right) => left - right));
    expect(pages).toBeGreaterThan(events.length);
  });

  describe('proves, from its files alone,', () => {
    let paths: readonly string[];
    let membership: { readonly log: object };

    beforeAll(async () => {
      const second = `${joined().provider.folder}/second.json`;
      paths = [first.path, second];
      await run('evidence', first.said.receipt ?? '', batch[0]?.receipt ?? '');
      // Addresses at which nobody answers: whoever asked there would fail.
      membership = (await joined().provider.read('membership.json')) as typeof membership;
      const nowhere = 'http://127.0.0.1:9';
      await joined().provider.write('membership.json', {
        ...membership,
        submissionApi: nowhere,
        log: { ...membership.log, url: `${nowhere}/v1` },
      });
    });
    afterAll(async () => {
      await joined().provider.write('membership.json', membership);
    });

    test('that the hub accepted both, and that the log began as it did', async () => {
      const { proven, sizes } = (await run('prove', ...paths)) as {
        proven: readonly { referralId: string; position: number; size: number }[];
        sizes: readonly [number, number];
      };
      expect(proven.map(({ referralId }) => referralId)).toEqual([
        first.said.referralId,
        batch[0]?.referralId,
      ]);
      for (const { position, size } of proven) expect(position).toBeLessThan(size);
      expect(sizes[0]).toBeLessThan(sizes[1]);
    });

    test.each<readonly [string, (kept: Kept) => Kept]>([
      [
        'another leaf',
        ({ evidence: [one, two], ...kept }) => ({ ...kept, evidence: [{ ...one, proof: two.proof }, two] }),
      ],
      ['another position', (kept) => changeProof(kept, ({ position }) => ({ position: position + 1 }))],
      [
        'another root',
        (kept) =>
          changeProof(kept, ({ checkpoint }) => ({
            checkpoint: checkpoint.replace(/\n.{44}\n/, `\n${'A'.repeat(43)}=\n`),
          })),
      ],
      [
        'the name of another log',
        (kept) =>
          changeProof(kept, ({ checkpoint }) => ({
            checkpoint: checkpoint.replaceAll(
              originOf(joined().whole.local.installation.instance),
              'liaison.example/x/ledger',
            ),
          })),
      ],
      [
        'a consistency proof that lacks a hash',
        (kept) => ({ ...kept, consistency: { ...kept.consistency, hashes: [] } }),
      ],
    ])('nothing with %s', async (_what, change) => {
      const kept = (await joined().provider.read('evidence.json')) as Kept;
      await joined().provider.write('evidence.json', change(kept));
      expect(await joined().provider.tryTo('prove', ...paths)).not.toBe(0);
      await joined().provider.write('evidence.json', kept);
    });
  });
}
