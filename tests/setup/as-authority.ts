import { addressesOf, type RunningLocal } from '@liaison/local';
import { vi } from 'vitest';
import { readHub } from './history.ts';
import { openAnswersInExchange } from './recovery.ts';
import { runScript } from './run-script.ts';

function interfaceOf(local: RunningLocal, participantId: string): string {
  return `${addressesOf(local.ports).contactPoints}/${participantId}`;
}

/** Every dispatch of a contact point as its own interface shows it. */
export async function readInboxDispatches(local: RunningLocal, participantId: string): Promise<string[]> {
  const url = `${interfaceOf(local, participantId)}/v1/dispatches`;
  const list = (await (await fetch(url)).json()) as { dispatches: { dispatchId: string }[] };
  return Promise.all(
    list.dispatches.map(async ({ dispatchId }) => (await fetch(`${url}/${dispatchId}`)).text()),
  );
}

/** Acknowledges a referral under a case number, as an officer would, and waits until the answer is in the exchange. */
export async function acknowledgeAs(
  local: RunningLocal,
  participantId: string,
  answer: { readonly referralId: string; readonly caseNumber: string },
): Promise<void> {
  const { referralId, caseNumber } = answer;
  const [dispatch] = await readHub<{ id: string }>(
    local,
    'select id from hub.dispatch where referral_id = $1 and addressee_id = $2',
    [referralId, participantId],
  );
  const url = interfaceOf(local, participantId);
  const argv = ['--url', url, 'acknowledge', dispatch?.id ?? '', '--case-number', caseNumber];
  const { code, err } = await runScript('contact-point', argv);
  if (code !== 0) throw new Error(`the command ended with ${code}: ${err}`);
  await vi.waitFor(
    async () => {
      const texts = await openAnswersInExchange(local);
      if (!texts.some((text) => text.includes(caseNumber))) throw new Error('the answer has not been sent');
    },
    { timeout: 20_000, interval: 50 },
  );
}
