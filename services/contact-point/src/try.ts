import { randomBytes } from 'node:crypto';
import { createNewId, systemClock } from '@liaison/service';
import { Command, Option } from 'commander';

/** Where the interface of the contact point answers. */
interface Target {
  readonly url: string;
}

const newId = createNewId(systemClock, randomBytes);

async function ask(target: Target, path: string, answer?: object): Promise<void> {
  const url = `${target.url.replace(/\/$/, '')}/v1/${path}`;
  const response =
    answer === undefined
      ? await fetch(url)
      : await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(answer),
        });
  const body: unknown = await response.json();
  const stream = response.ok ? process.stdout : process.stderr;
  stream.write(`${JSON.stringify(body, null, 2)}\n`);
  if (!response.ok) process.exitCode = 1;
}

function answersOf(dispatchId: string): string {
  return `dispatches/${encodeURIComponent(dispatchId)}/answers`;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

const program = new Command('contact-point')
  .description('Tries the interface that a contact point has for national systems.')
  .requiredOption('--url <address>', 'address of the contact point, for example http://127.0.0.1:7430/cp-be');
const target = (): Target => program.opts<Target>();

program
  .command('list')
  .description('the inbox, urgent first')
  .addOption(new Option('--state <state>').choices(['new', 'acknowledged', 'declined', 'closed']))
  .action(({ state }: { state?: string }) =>
    ask(target(), `dispatches${state === undefined ? '' : `?state=${state}`}`),
  );

program
  .command('show <dispatchId>')
  .description('one dispatch, opened')
  .action((dispatchId: string) => ask(target(), `dispatches/${encodeURIComponent(dispatchId)}`));

program
  .command('acknowledge <dispatchId>')
  .description('take it, under your own case number')
  .requiredOption('--case-number <number>')
  .action((dispatchId: string, { caseNumber }: { caseNumber: string }) =>
    ask(target(), answersOf(dispatchId), { kind: 'acknowledged', answerId: newId(), caseNumber }),
  );

program
  .command('decline <dispatchId>')
  .description('not competent, or nothing to act on')
  .addOption(
    new Option('--reason <reason>')
      .choices(['notCompetent', 'otherStateCompetent', 'alreadyKnown', 'notActionable'])
      .default('notCompetent'),
  )
  .option('--suggest <state>', 'a Member State that is competent instead, may be repeated', collect, [])
  .action((dispatchId: string, { reason, suggest }: { reason: string; suggest: string[] }) =>
    ask(target(), answersOf(dispatchId), {
      kind: 'declined',
      answerId: newId(),
      reason,
      suggestedCompetent: suggest,
    }),
  );

program
  .command('request <dispatchId>')
  .description('ask for what is missing')
  .option('--what <what>', 'what is missing, may be repeated', collect, [])
  .action((dispatchId: string, { what }: { what: string[] }) =>
    ask(target(), answersOf(dispatchId), {
      kind: 'informationRequested',
      answerId: newId(),
      requested: what,
    }),
  );

program
  .command('outcome <dispatchId>')
  .description('report what came of it')
  .addOption(
    new Option('--result <result>')
      .choices(['investigationOpened', 'contributedToOngoing', 'otherAction', 'noAction'])
      .makeOptionMandatory(),
  )
  .addOption(
    new Option('--assessment <assessment>')
      .choices(['illegal', 'notIllegal', 'notAssessed'])
      .default('notAssessed'),
  )
  .option('--because <reason>', 'reason for no action, may be repeated', collect, [])
  .option('--released', 'the sender may be told of the assessment', false)
  .option('--closed', 'the matter is closed', false)
  .action(
    (
      dispatchId: string,
      options: { result: string; assessment: string; because: string[]; released: boolean; closed: boolean },
    ) => {
      const { because, ...rest } = options;
      return ask(target(), answersOf(dispatchId), {
        kind: 'outcome',
        answerId: newId(),
        ...rest,
        reasons: because,
      });
    },
  );

try {
  await program.parseAsync();
} catch {
  process.stderr.write('The contact point cannot be reached at this address.\n');
  process.exitCode = 1;
}
