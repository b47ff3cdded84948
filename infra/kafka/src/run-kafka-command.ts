import { applyTopology, ExchangeError, findDrift, type Drift } from '@liaison/exchange';
import { silentLog } from '@liaison/service';
import { describeDrift } from './describe-drift.ts';
import { readKafkaCommand, type KafkaCommand } from './options.ts';
import { readDeclaration } from './read-declaration.ts';

const driftExitCode = 2;

interface Outcome {
  readonly mended: readonly Drift[];
  /** What differs now. */
  readonly left: readonly Drift[];
}

async function act(command: KafkaCommand): Promise<Outcome> {
  const { brokers, tls, instance, participants, prune } = command;
  const connection = { brokers, tls, log: silentLog };
  const scope = { declaration: readDeclaration(), instance, participants };
  if (command.action === 'apply') return applyTopology(connection, scope, { prune });
  return { mended: [], left: await findDrift(connection, scope) };
}

function report({ mended, left }: Outcome, { action }: KafkaCommand): string {
  const lines = [
    ...mended.map((drift) => `mended: ${describeDrift(drift)}`),
    ...left.map((drift) =>
      action === 'apply' ? `left as it is: ${describeDrift(drift)}` : describeDrift(drift),
    ),
  ];
  return lines.length === 0 ? 'As declared.' : lines.join('\n');
}

function sentenceOf(error: unknown): string {
  if (error instanceof ExchangeError && error.code === 'topic-forbidden')
    return 'The brokers do not let this administrator look at, or change, topics and rules.';
  if (error instanceof ExchangeError && error.code === 'exchange-unavailable')
    return 'No broker can be reached, or none accepts this certificate.';
  return error instanceof Error ? error.message : 'It failed.';
}

/**
 * Runs `pnpm kafka`.
 * @returns the exit code: 0; 1 where it could not be done; 2 where something differs
 */
export async function runKafkaCommand(argv: readonly string[]): Promise<number> {
  const command = readKafkaCommand(argv);
  try {
    const outcome = await act(command);
    process.stdout.write(`${command.json ? JSON.stringify(outcome) : report(outcome, command)}\n`);
    return outcome.left.length > 0 ? driftExitCode : 0;
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    return 1;
  }
}
