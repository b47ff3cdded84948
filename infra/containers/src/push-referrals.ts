import {
  feedReferrals,
  namesOf,
  readDispatches,
  submitDepsOf,
  summarise,
  verifyLedger,
  waitForReceipts,
  withAdmin,
  type Answered,
  type Summary,
} from '@liaison/local';
import { generateReferrals } from '@liaison/testkit';
import type { Compose } from './compose.ts';
import { ports } from './places.ts';
import type { Secrets } from './write-secrets.ts';

/** The ledger is exported inside of its container: entries bind to loopback. */
async function exportLedger(compose: Compose): Promise<Response> {
  const program = `fetch('http://127.0.0.1:${ports.entries}/v1/log/export').then((r) => r.text()).then((t) => process.stdout.write(t))`;
  const text = await compose.run(['exec', '-T', 'audit', '/usr/local/bin/node', '-e', program], {
    capture: true,
  });
  return new Response(text);
}

/** Pushes referrals through, and holds what became of them against their labels. */
export async function pushReferrals(compose: Compose, secrets: Secrets, count: number): Promise<Summary> {
  const { installation, postgresPassword } = secrets;
  const { signal } = new AbortController();
  const answers: Answered[] = [];
  const reached = { installation, ports: { ...ports, submissionApi: compose.submissionApiPort } };
  const startedMs = Date.now();
  await feedReferrals(
    {
      referrals: generateReferrals({
        count,
        seed: 1,
        nowMs: () => Date.now(),
        prefix: `containers-${Date.now().toString(36)}`,
        states: ['BE', 'FR'],
      }),
      rate: null,
      signal,
      onAnswered: (answered) => {
        answers.push(answered);
      },
    },
    submitDepsOf(reached, signal),
  );
  const server = {
    adminUrl: `postgres://postgres:${postgresPassword}@127.0.0.1:${compose.postgresPort}/postgres`,
  };
  return withAdmin(server, namesOf(installation).hubDatabase, async (hub) => {
    await waitForReceipts(hub, { signal, onUnderWay: () => undefined });
    const ids = answers.flatMap(({ referralId }) => referralId ?? []);
    const receipts = answers.flatMap(({ receipt }) => receipt ?? []);
    return summarise({
      answers,
      dispatches: await readDispatches(hub, [...new Set(ids)]),
      elapsedMs: Date.now() - startedMs,
      usage: {},
      ledger: await verifyLedger(() => exportLedger(compose), { installation, receipts }),
      exchange: 'kafka',
      urls: {},
    });
  });
}
