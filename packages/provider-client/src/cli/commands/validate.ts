import { tidyReferral } from '../../validate/tidy-referral.ts';
import { validateReferral, type ReferralReview } from '../../validate/validate-referral.ts';
import type { CliDeps } from '../cli-deps.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readMembershipFile } from '../read-files.ts';
import { readReferrals, type GivenReferral } from '../read-referrals.ts';
import { printable, type Reporter } from '../terminal.ts';
import { describeFault, explain } from '../words.ts';

/** What the command was asked. */
export interface ValidateRequest {
  readonly files: readonly string[];
  readonly member?: string;
}

function report({ place }: GivenReferral, review: ReferralReview, reporter: Reporter): void {
  const { ok, reference, warnings } = review;
  const name = printable(reference ?? place);
  const hints = warnings.map((warning) => `  warning:${describeFault(warning).slice(1)}`);
  if (review.ok) {
    reporter.report({ ok, place, reference, warnings }, [`valid  ${name}`, ...hints]);
    return;
  }
  const { problem, faults, unjudged } = review;
  reporter.report({ ok, place, reference, problem, faults, unjudged, warnings }, [
    `invalid  ${name}  ${explain(problem)}`,
    ...faults.map(describeFault),
    ...(unjudged.length === 0 ? [] : [`  Not judged before these are mended: ${unjudged.join(', ')}.`]),
    ...hints,
  ]);
}

/** `liaison validate`: says what the hub would say, without asking it. @throws UsageError. */
export async function validate(
  { files, member }: ValidateRequest,
  { terminal, clock }: CliDeps,
  reporter: Reporter,
): Promise<ExitCode> {
  const membership = member === undefined ? null : readMembershipFile(member);
  const signer = membership === null ? {} : { signer: membership };
  const given = await readReferrals(files, terminal);
  let invalid = 0;
  for (const one of given) {
    const tidied = tidyReferral(one.value);
    const review = validateReferral(tidied.referral, { nowMs: clock.nowMs(), ...signer });
    if (!review.ok) invalid += 1;
    report(one, { ...review, warnings: [...tidied.warnings, ...review.warnings] }, reporter);
  }
  if (given.length > 1) reporter.remark(`${given.length - invalid} valid, ${invalid} invalid`);
  return invalid === 0 ? exitCodes.done : exitCodes.refused;
}
