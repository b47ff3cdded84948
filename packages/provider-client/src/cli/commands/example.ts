import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createExample, exampleKindsFor, type ExampleKind } from '../../example/create-example.ts';
import type { CliDeps } from '../cli-deps.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readMembershipFile } from '../read-files.ts';
import type { Reporter } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What the command was asked. */
export interface ExampleRequest {
  readonly kind?: ExampleKind;
  readonly member: string;
  readonly out?: string;
  readonly reference?: string;
}

/** `liaison example`: prints a referral that is ready to be submitted. @throws UsageError. */
export function example(request: ExampleRequest, deps: CliDeps, reporter: Reporter): ExitCode {
  const { kind, member, out, reference } = request;
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
  const made = createExample(chosen, context);
  const referral = reference === undefined ? made : { ...made, providerReference: reference };
  const text = JSON.stringify(referral, null, 2);
  if (out === undefined) {
    reporter.report(referral, [text]);
    return exitCodes.done;
  }
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${text}\n`);
  const { providerReference } = referral;
  reporter.report({ kind: chosen, reference: providerReference, file: out }, [
    `${providerReference}  ${out}  look into it, and change it`,
  ]);
  return exitCodes.done;
}
