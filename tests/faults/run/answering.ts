import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressesOf, type RunningLocal } from '@liaison/local';
import { createNewId, systemClock } from '@liaison/service';

/** Officers who answer now and then, whatever breaks. */
export interface Answering {
  stop(): Promise<void>;
}

const kinds: readonly object[] = [
  { kind: 'acknowledged', caseNumber: 'F-1' },
  { kind: 'informationRequested', requested: ['ports'] },
  {
    kind: 'outcome',
    result: 'otherAction',
    assessment: 'illegal',
    reasons: [],
    released: false,
    closed: true,
  },
];

/** Answers the newest dispatches of each contact point in turn, each up to three times. */
export function startAnswering(
  local: RunningLocal,
  options: { readonly holderIds: readonly string[]; readonly perSecond: number },
): Answering {
  const stopping = new AbortController();
  const newId = createNewId(systemClock, randomBytes);
  const given = new Map<string, number>();

  const answerOne = async (holderId: string): Promise<void> => {
    const origin = `${addressesOf(local.ports).contactPoints}/${holderId}`;
    const signal = AbortSignal.timeout(4_000);
    const page = await fetch(`${origin}/v1/dispatches?limit=10`, { signal });
    const { dispatches } = (await page.json()) as { dispatches: { dispatchId: string }[] };
    const next = dispatches.find(({ dispatchId }) => (given.get(dispatchId) ?? 0) < kinds.length);
    if (next === undefined) return;
    const number = given.get(next.dispatchId) ?? 0;
    const response = await fetch(`${origin}/v1/dispatches/${next.dispatchId}/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answerId: newId(), ...kinds[number] }),
      signal,
    });
    if (response.ok) given.set(next.dispatchId, number + 1);
  };
  const answer = async (): Promise<void> => {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      // What fails now is answered later: the contact point's own database says in the end what was signed.
      await answerOne(options.holderIds[turn % options.holderIds.length] ?? '').catch(() => undefined);
      await sleep(1_000 / options.perSecond, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const answering = answer();
  return {
    async stop() {
      stopping.abort();
      await answering;
    },
  };
}
