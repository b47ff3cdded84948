import type { LoadOrder, LoadReport, LoadTarget, Pace, Preparation } from './load-messages.ts';
import { createPost, type Connection } from './post.ts';
import { prepareReferrals } from './prepare-referrals.ts';
import { submitPaced } from './submit-paced.ts';

// The load generator, a process of its own so that its processor time is told apart.

let target: LoadTarget | undefined;
let connection: Connection | undefined;
let prepared: string[] = [];
let sent = 0;
let tally = { underWay: 0, sentThen: 0 };

function report(message: LoadReport): void {
  process.send?.(message);
}

async function prepare(preparation: Preparation): Promise<void> {
  if (target === undefined) throw new TypeError('nobody said for whom');
  prepared = await prepareReferrals(preparation, target);
  const bytes = prepared.reduce((sum, jws) => sum + jws.length, 0);
  report({ kind: 'prepared', count: prepared.length, meanBytes: bytes / Math.max(1, prepared.length) });
}

async function run(pace: Pace): Promise<void> {
  if (connection === undefined) throw new TypeError('nobody said for whom');
  const { post } = connection;
  const referrals = prepared;
  prepared = [];
  sent = 0;
  tally = { underWay: 0, sentThen: 0 };
  const onSent = (): void => {
    sent += 1;
  };
  const result = await submitPaced(referrals, pace, { post, tally: () => tally, onSent });
  report({ kind: 'ended', result });
}

function fail(): void {
  // Whoever waits sees the process end; an error's words may hold what was submitted.
  process.exit(1);
}

process.on('message', (order: LoadOrder) => {
  switch (order.kind) {
    case 'target':
      ({ target } = order);
      connection = createPost(target.submissionApi);
      break;
    case 'prepare':
      prepare(order.preparation).catch(fail);
      break;
    case 'run':
      run(order.pace).catch(fail);
      break;
    case 'tally':
      tally = { underWay: order.underWay, sentThen: sent };
      break;
    default:
      order satisfies never;
  }
});
process.once('disconnect', () => {
  connection?.close();
  process.exit(0);
});
report({ kind: 'started' });
