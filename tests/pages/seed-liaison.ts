import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { AuditApi, ContactPointApi } from '@liaison/contracts';
import { addressesOf, submitDepsOf, submitLabelled, type Answered, type RunningLocal } from '@liaison/local';
import { createNewId, systemClock } from '@liaison/service';
import { contactPointIdOf, generateReferrals } from '@liaison/testkit';

type Volumes = AuditApi['schemas']['Volumes'];
type Inbox = ContactPointApi['schemas']['InboxPage'];
export type InboxEntry = ContactPointApi['schemas']['InboxEntry'];

/** What the pages have to show. */
export interface Seeded {
  /** What Belgium holds, urgent first; the second is acknowledged, the third declined, of the fourth more is asked. */
  readonly belgian: readonly InboxEntry[];
  readonly europol: readonly InboxEntry[];
  /** The reference of a referral that concerns both states; of any where none does. */
  readonly sharedReference: string;
}

/** More than in life, so that a page of few has some. */
const urgentEvery = 5;

const newId = createNewId(systemClock, randomBytes);

async function readJson<Body>(url: string): Promise<Body> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} from ${url}`);
  return (await response.json()) as Body;
}

/** Asks every tenth of a second, for as long as a slow machine may need. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await isSo()) return;
    await wait(100);
  }
  throw new Error(`never ${what}`);
}

async function feed(local: RunningLocal, count: number): Promise<Answered[]> {
  const deps = submitDepsOf(local, new AbortController().signal);
  const answers: Answered[] = [];
  const referrals = generateReferrals({
    count,
    // One that brings both states, hotlines, and what Europol alone gets.
    seed: 8,
    nowMs: () => systemClock.nowMs(),
    prefix: 'shown',
    states: ['BE', 'FR'],
  });
  for (const labelled of referrals) {
    const isUrgent = labelled.conduct === 'plain' && answers.length % urgentEvery === 0;
    const urgency = isUrgent
      ? ({ claimed: true, grounds: ['ongoingAbuse'] } as const)
      : labelled.referral.urgency;
    answers.push(await submitLabelled({ ...labelled, referral: { ...labelled.referral, urgency } }, deps));
  }
  return answers;
}

async function answer(contactPoint: string, entry: InboxEntry | undefined, body: object): Promise<void> {
  if (entry === undefined) return;
  const response = await fetch(`${contactPoint}/v1/dispatches/${entry.dispatchId}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answerId: newId(), ...body }),
  });
  if (!response.ok) throw new Error(`${response.status} to an answer`);
}

function isSettled({ dispatches, ledger }: Volumes): boolean {
  const open = dispatches.flatMap(({ states }) =>
    ['sealed', 'sending', 'sent'].map((state) => states[state] ?? 0),
  );
  return dispatches.length > 0 && ledger.pending === 0 && open.every((count) => count === 0);
}

/** Feeds referrals to a Liaison, waits for their receipts, and answers some of them as officers do. */
export async function seedLiaison(local: RunningLocal, count: number): Promise<Seeded> {
  const { contactPoints, entries } = addressesOf(local.ports);
  const settled = (): Promise<void> =>
    until('settled', async () => isSettled(await readJson<Volumes>(`${entries}/volumes`)));
  const inboxOf = async (id: string): Promise<readonly InboxEntry[]> =>
    (await readJson<Inbox>(`${contactPoints}/${id}/v1/dispatches?limit=200`)).dispatches;

  const answers = await feed(local, count);
  await settled();
  const belgium = contactPointIdOf('BE');
  const belgian = await inboxOf(belgium);
  const url = `${contactPoints}/${belgium}`;
  await answer(url, belgian[1], { kind: 'acknowledged', caseNumber: 'BE-2026-00317' });
  await answer(url, belgian[2], {
    kind: 'declined',
    reason: 'otherStateCompetent',
    suggestedCompetent: ['FR'],
  });
  await answer(url, belgian[3], { kind: 'informationRequested', requested: ['ports'] });
  await settled();
  const shared = answers.find(
    ({ referralId, labelled: { label } }) =>
      referralId !== null && label.kind === 'accepted' && label.addressees.length > 2,
  );
  return {
    belgian,
    europol: await inboxOf('europol'),
    sharedReference: (shared ?? answers[0])?.labelled.referral.providerReference ?? '',
  };
}
