import { parseArgs } from 'node:util';
import { countCases, formatFigures } from './figures.ts';
import { preparePython } from './prepare-python.ts';
import { runSchemathesis, type Outcome } from './run-schemathesis.ts';
import { startFuzzedHub } from './start-fuzzed-hub.ts';
import { targetsOf } from './targets.ts';

const help = `Asks every HTTP interface of a Liaison of its own what Schemathesis makes of its OpenAPI document.

  --cases N   at least so many requests in all (20000)
  --seed N    the same seed asks much the same (1)
`;

/** Operations with something to vary; the others are asked a few times only. */
const variedOperations = 12;
const fedReferrals = 40;

function readNumber(value: string | undefined, otherwise: number): number {
  const number = value === undefined ? otherwise : Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new TypeError('a number is needed');
  return number;
}

/** Runs the command. @returns its exit code: 0 where no check failed. */
export async function runFuzz(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { cases: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const wanted = readNumber(values.cases, 20_000);
  const bin = await preparePython();
  const hub = await startFuzzedHub({ referrals: fedReferrals });
  try {
    const targets = targetsOf(hub.local);
    const outcomes: Outcome[] = [];
    let phases: readonly string[] = ['examples', 'coverage', 'fuzzing', 'stateful'];
    for (let seed = readNumber(values.seed, 1); countCases(outcomes) < wanted; seed += 1) {
      const left = wanted - countCases(outcomes);
      const examples = Math.max(10, Math.ceil(left / variedOperations));
      const options = { bin, seed, examples, phases };
      const round = await Promise.all(targets.map((target) => runSchemathesis(target, hub, options)));
      for (const { passed, report } of round) if (!passed) process.stdout.write(report);
      outcomes.push(...round);
      if (countCases(round) === 0) break;
      // The rest is made up with cases that are new each time.
      phases = ['fuzzing'];
    }
    process.stdout.write(formatFigures(outcomes));
    return outcomes.every(({ passed }) => passed) && countCases(outcomes) >= wanted ? 0 : 1;
  } finally {
    await hub.stop();
  }
}
