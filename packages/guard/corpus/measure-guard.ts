import { checkReferralRules, validateMessage, type Fault } from '@liaison/contracts';
import { generateWorldwide } from '@liaison/testkit';
import { createGuard } from '../src/guard.ts';
import { collectText, readCorpus, referralOf, type Attempt } from './attempt.ts';
import { decode } from './decode.ts';
import { payloads } from './payloads.ts';

// Prints what the guard does with every attempt of the corpus and with generated legitimate referrals, and how long it
// takes; ends with 1 where an attempt passes or cannot be read, or a legitimate referral is refused.

const nowMs = Date.parse('2026-11-22T00:00:00Z');
const legitimateCount = 3000;
const seed = Number(process.argv[2] ?? 1);
const guard = createGuard();
const microseconds: number[] = [];

function inspect(referral: unknown): readonly Fault[] {
  const before = process.cpuUsage();
  const faults = guard.inspectReferral(referral);
  const { user, system } = process.cpuUsage(before);
  microseconds.push(user + system);
  return faults;
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(share * (values.length - 1))] ?? 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printCounts(title: string, counts: ReadonlyMap<string, readonly [number, number]>): void {
  print(`\n${title}`);
  for (const [name, [all, right]] of [...counts].toSorted(([one], [other]) => one.localeCompare(other))) {
    print(`  ${name.padEnd(28)} ${String(right).padStart(4)} of ${String(all).padStart(4)}`);
  }
}

function count(counts: Map<string, readonly [number, number]>, name: string, right: boolean): void {
  const [all, rightOnes] = counts.get(name) ?? [0, 0];
  counts.set(name, [all + 1, rightOnes + (right ? 1 : 0)]);
}

/** Whether a reader gets out of the referral what was put in. */
function isReadable(attempt: Attempt): boolean {
  const bytes = payloads[attempt.payload]?.bytes ?? Buffer.alloc(0);
  const read = decode(collectText(attempt), attempt.steps);
  return bytes.length > 0 && read.subarray(0, bytes.length).equals(bytes);
}

const slips: string[] = [];
const byKind = new Map<string, readonly [number, number]>();
const byCode = new Map<string, number>();
for (const { kind, attempt } of readCorpus()) {
  const { pointer, code } = attempt.expect;
  const found = inspect(referralOf(attempt)).some(
    (fault) => fault.pointer === pointer && fault.code === code,
  );
  const counts = found && isReadable(attempt);
  count(byKind, kind, counts);
  if (counts) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  else
    slips.push(
      `${kind}: ${attempt.reader}, ${found ? 'cannot be read' : 'passes'} (${attempt.steps.join(', ')})`,
    );
}
const attempts = microseconds.length;
const attemptMicroseconds = microseconds.splice(0);

const byLanguage = new Map<string, readonly [number, number]>();
for (const { language, referral } of generateWorldwide({ count: legitimateCount, seed, nowMs })) {
  const validation = validateMessage('referral', referral);
  const faults = validation.ok ? checkReferralRules(validation.value, { nowMs }) : validation.faults;
  const all = [...faults, ...inspect(referral)];
  count(byLanguage, language, all.length === 0);
  for (const { code, pointer } of all)
    slips.push(`${language}: a legitimate referral is refused: ${code} ${pointer}`);
}

printCounts(
  `${attempts} attempts, refused for their reason and readable, by kind (${byKind.size} kinds)`,
  byKind,
);
print('\nby code');
for (const [code, refused] of [...byCode].toSorted(([one], [other]) => one.localeCompare(other)))
  print(`  ${code.padEnd(28)} ${String(refused).padStart(4)}`);
printCounts(`${legitimateCount} legitimate referrals of seed ${seed}, accepted, by language`, byLanguage);
print('\nmicroseconds of processor time for a referral');
for (const [name, values] of [
  ['an attempt', attemptMicroseconds],
  ['a legitimate one', microseconds],
] as const) {
  print(`  ${name.padEnd(28)} p50 ${percentile(values, 0.5)}, p99 ${percentile(values, 0.99)}`);
}
print(`\n${slips.length} slips${slips.map((slip) => `\n  ${slip}`).join('')}`);
process.exitCode = slips.length === 0 ? 0 : 1;
