import { writeFileSync } from 'node:fs';
import { createExample, exampleKindsFor, type ExampleKind } from '../../example/create-example.ts';
import type { CliDeps } from '../cli-deps.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readMembershipFile } from '../read-files.ts';
import { UsageError } from '../usage-error.ts';

/** What the command was asked. */
export interface ExampleRequest {
  readonly kind?: ExampleKind;
  readonly member: string;
  readonly out?: string;
}

/** `liaison example`: prints a referral that is ready to be submitted. @throws UsageError. */
export function example({ kind, member, out }: ExampleRequest, deps: CliDeps): ExitCode {
  const { participantId, kind: memberKind } = readMembershipFile(member);
  const possible = exampleKindsFor(memberKind);
  const chosen = kind ?? possible[0];
  if (chosen === undefined) {
    throw new UsageError(
      'example-missing',
      `A member of kind ${memberKind} does not refer: there is no example.`,
    );
  }
  if (!possible.includes(chosen)) {
    const message = `A member of kind ${memberKind} cannot submit "${chosen}": choose ${possible.join(' or ')}.`;
    throw new UsageError('example-not-for-member', message);
  }
  const context = { participantId, nowMs: deps.clock.nowMs(), id: deps.newId() };
  const text = JSON.stringify(createExample(chosen, context), null, 2);
  if (out === undefined) deps.terminal.print(text);
  else writeFileSync(out, `${text}\n`);
  return exitCodes.done;
}
