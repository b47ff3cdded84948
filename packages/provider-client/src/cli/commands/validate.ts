import { createCoverageCounter } from '../../validate/coverage.ts';
import { tidyReferral } from '../../validate/tidy-referral.ts';
import { validateReferral, type ReferralReview } from '../../validate/validate-referral.ts';
import type { CliDeps } from '../cli-deps.ts';
import { coverageToJson, coverageToLines } from '../describe-coverage.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { expandPaths } from '../input/expand-paths.ts';
import type { GivenReferral } from '../input/given-referral.ts';
import { readReferrals } from '../input/read-referrals.ts';
import { placeFaults } from '../place-faults.ts';
import { readMembershipFile } from '../read-files.ts';
import { printable, type Reporter } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { describeFault, explain } from '../words.ts';

/** What the command was asked. */
export interface ValidateRequest {
  readonly files: readonly string[];
  readonly member?: string;
}

function report(
  given: GivenReferral,
  review: ReferralReview,
  context: { missing: number; to: Reporter },
): void {
  const { missing, to } = context;
  const { ok, reference } = review;
  const { place } = given;
  const name = printable(reference ?? place);
  const warnings = placeFaults(given, review.warnings);
  const hints = warnings.map((warning) => `  warning:${describeFault(warning).slice(1)}`);
  if (review.ok) {
    const lack = missing === 0 ? '' : `  ${missing} useful field${missing === 1 ? '' : 's'} missing`;
    to.report({ kind: 'valid', ok, place, reference, missing, warnings }, [
      `valid  ${name}${lack}`,
      ...hints,
    ]);
    return;
  }
  const { problem, unjudged } = review;
  const faults = placeFaults(given, review.faults);
  to.report({ kind: 'invalid', ok, place, reference, problem, faults, unjudged, warnings }, [
    `invalid  ${name}  ${explain(problem)}`,
    ...faults.map(describeFault),
    ...(unjudged.length === 0 ? [] : [`  Not judged before these are mended: ${unjudged.join(', ')}.`]),
    ...hints,
  ]);
}

/** `liaison validate`: says what the hub would say, and what is missing, without asking it. @throws UsageError. */
export async function validate(
  { files, member }: ValidateRequest,
  { terminal, clock }: CliDeps,
  reporter: Reporter,
): Promise<ExitCode> {
  const membership = member === undefined ? null : readMembershipFile(member);
  const signer = membership === null ? {} : { signer: membership };
  const counter = createCoverageCounter();
  let valid = 0;
  let invalid = 0;
  for await (const given of readReferrals(expandPaths(files), terminal)) {
    const tidied = tidyReferral(given.value);
    const review = validateReferral(tidied.referral, { nowMs: clock.nowMs(), ...signer });
    if (review.ok) valid += 1;
    else invalid += 1;
    const missing = review.ok ? counter.add(review.referral) : 0;
    const warnings = [...tidied.warnings, ...review.warnings];
    report(given, { ...review, warnings }, { missing, to: reporter });
  }
  if (valid + invalid === 0) {
    throw new UsageError('no-referrals', 'There is no referral in what was given.');
  }
  const fields = counter.fields();
  reporter.report(coverageToJson(fields, valid), coverageToLines(fields));
  if (valid + invalid > 1) reporter.remark(`${valid} valid, ${invalid} invalid`);
  return invalid === 0 ? exitCodes.done : exitCodes.refused;
}
