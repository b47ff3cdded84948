import type { Answered } from '../feed/submit.ts';
import type { Usage } from '../processes/child.ts';
import type { ExchangePlace } from '../setup/exchange-place.ts';
import type { DispatchOutcome } from './read-dispatches.ts';
import type { VerifiedLedger } from './verify-ledger.ts';

/** What one addressee got. */
export interface CountryFigures {
  readonly dispatched: number;
  readonly receipted: number;
}

/** The summary of a run; as JSON it stands on the last line of standard output. */
export interface Summary {
  /** Distinct referrals, retries not counted. */
  readonly submitted: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly rejectedBy: Readonly<Record<string, number>>;
  readonly dispatched: number;
  readonly receipted: number;
  /** Dispatches without a receipt, and dispatches that the labels ask for and that do not exist. */
  readonly missing: number;
  /** Referrals whose acceptance or set of addressees differs from the label. */
  readonly mislabelled: number;
  readonly europolOnly: number;
  readonly severalStates: number;
  readonly urgent: number;
  readonly retried: number;
  /** From POST to the hub's commit of the last addressee's positive receipt. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly perSecond: number;
  readonly submissionApiPeakMb: number;
  /** Milliseconds of processor time, start included, by process. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly ledger: VerifiedLedger;
  /** By alpha-2, and `europol`; copies included. */
  readonly countries: Readonly<Record<string, CountryFigures>>;
  readonly exchange: ExchangePlace['kind'];
  readonly urls: Readonly<Record<string, string>>;
}

function percentile(sorted: readonly number[], share: number): number | null {
  const at = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  return at === undefined ? null : Math.round(at);
}

function count(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function figuresByCountry(dispatches: readonly DispatchOutcome[]): Record<string, CountryFigures> {
  const figures: Record<string, CountryFigures> = {};
  for (const { country, receipted } of dispatches) {
    const name = country ?? 'europol';
    const before = figures[name] ?? { dispatched: 0, receipted: 0 };
    figures[name] = { dispatched: before.dispatched + 1, receipted: before.receipted + Number(receipted) };
  }
  return Object.fromEntries(Object.entries(figures).sort(([left], [right]) => left.localeCompare(right)));
}

function isAccepted({ status }: Answered): boolean {
  return status === 201 || status === 200;
}

function addresseesByReferral(
  dispatches: readonly DispatchOutcome[],
): ReadonlyMap<string, DispatchOutcome[]> {
  const byReferral = new Map<string, DispatchOutcome[]>();
  for (const dispatch of dispatches) {
    const known = byReferral.get(dispatch.referralId);
    if (known === undefined) byReferral.set(dispatch.referralId, [dispatch]);
    else known.push(dispatch);
  }
  return byReferral;
}

function differsFromLabel(answered: Answered, outcomes: readonly DispatchOutcome[]): boolean {
  const { label } = answered.labelled;
  if (!answered.retriedWell) return true;
  if (label.kind === 'rejected') return isAccepted(answered) || answered.problem !== label.problem;
  const addressed = outcomes.map(({ addresseeId }) => addresseeId).sort();
  return !isAccepted(answered) || addressed.join() !== [...label.addressees].sort().join();
}

function missingOf(answered: Answered, outcomes: readonly DispatchOutcome[]): number {
  const { label } = answered.labelled;
  const unreceipted = outcomes.filter(({ receipted }) => !receipted).length;
  if (label.kind === 'rejected' || !isAccepted(answered)) return unreceipted;
  const addressed = new Set(outcomes.map(({ addresseeId }) => addresseeId));
  return unreceipted + label.addressees.filter((id) => !addressed.has(id)).length;
}

function latencyOf({ postedMs }: Answered, outcomes: readonly DispatchOutcome[]): number[] {
  const times = outcomes.map(({ receiptedMs }) => receiptedMs);
  if (times.length === 0 || times.includes(null)) return [];
  return [Math.max(...times.map((time) => time ?? 0)) - postedMs];
}

/** What a run came to, held against the generator's own labels. */
export function summarise(run: {
  readonly answers: readonly Answered[];
  readonly dispatches: readonly DispatchOutcome[];
  readonly elapsedMs: number;
  readonly usage: Readonly<Record<string, Usage>>;
  readonly ledger: VerifiedLedger;
  readonly exchange: ExchangePlace['kind'];
  readonly urls: Readonly<Record<string, string>>;
}): Summary {
  const { answers, dispatches } = run;
  const byReferral = addresseesByReferral(dispatches);
  const joined = answers.map((answered) => ({
    answered,
    outcomes: isAccepted(answered) ? (byReferral.get(answered.referralId ?? '') ?? []) : [],
  }));
  const accepted = joined.filter(({ answered }) => isAccepted(answered));
  const rejected = answers.filter((answered) => !isAccepted(answered));
  const latencies = accepted
    .flatMap(({ answered, outcomes }) => latencyOf(answered, outcomes))
    .sort((left, right) => left - right);
  const states = accepted.map(({ outcomes }) => outcomes.filter(({ country }) => country !== null).length);
  return {
    submitted: answers.length,
    accepted: accepted.length,
    rejected: rejected.length,
    rejectedBy: count(rejected.map(({ problem }) => problem ?? 'unknown')),
    dispatched: dispatches.length,
    receipted: dispatches.filter(({ receipted }) => receipted).length,
    missing: joined.reduce((sum, { answered, outcomes }) => sum + missingOf(answered, outcomes), 0),
    mislabelled: joined.filter(({ answered, outcomes }) => differsFromLabel(answered, outcomes)).length,
    europolOnly: states.filter((number) => number === 0).length,
    severalStates: states.filter((number) => number > 1).length,
    urgent: accepted.filter(({ answered }) => answered.labelled.referral.urgency.claimed).length,
    retried: answers.filter(
      ({ labelled }) => labelled.conduct === 'sentAgain' || labelled.conduct === 'signedAgain',
    ).length,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    perSecond: Math.round((answers.length / Math.max(run.elapsedMs, 1)) * 10_000) / 10,
    submissionApiPeakMb: Math.round((run.usage['submission-api']?.maxRssKb ?? 0) / 1024),
    cpuMs: Object.fromEntries(
      Object.entries(run.usage).map(([name, { cpuMs }]) => [name, Math.round(cpuMs)]),
    ),
    ledger: run.ledger,
    countries: figuresByCountry(dispatches),
    exchange: run.exchange,
    urls: run.urls,
  };
}

/** Whether everything arrived where it should, and can be proved. */
export function isFlawless({ missing, mislabelled, ledger }: Summary): boolean {
  return missing === 0 && mislabelled === 0 && ledger.verified;
}
