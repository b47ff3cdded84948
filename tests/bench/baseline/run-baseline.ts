import { randomBytes, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { audienceOf, hubParticipantId, originOf } from '@liaison/contracts';
import { startDatabase } from '@liaison/embedded-database';
import { createInstallation, prepareDatabases, type Installation } from '@liaison/local';
import { createNewId, silentLog, systemClock } from '@liaison/service';
import { generateReferrals } from '@liaison/testkit';
import { latenciesOf, rounded, type Latencies } from '../figures/statistics.ts';
import { withBenchFolder } from '../local/bench-local.ts';
import { withCleanUp } from '../local/clean-up.ts';
import { readServerCpu } from '../measure/process-usage.ts';
import type { Report } from '../report.ts';
import { signBare } from './bare-crypto.ts';
import { receiptBare, receiveBare, sendBare, type DeliveryDeps } from './bare-delivery.ts';
import { dispatchBare } from './bare-dispatch.ts';
import { acceptBare, type BareReferral } from './bare-intake.ts';
import { createBareSequencer } from './bare-ledger.ts';
import { openBarePlaces, type BarePlaces } from './bare-places.ts';
import { findRoundSize } from './round-size.ts';

/** What the baseline came to. */
export interface BaselineFigures {
  readonly seconds: number;
  readonly completed: number;
  readonly perSecond: number;
  readonly referralsTogether: number;
  readonly parcels: number;
  readonly meanMessages: number;
  readonly meanBytes: number;
  readonly cpuPerReferralMs: { readonly node: number; readonly postgres: number };
  /** From the beginning of a round to its last receipt's commit. */
  readonly roundMs: Latencies;
}

/** How long, and how large the parcels. */
export interface BaselineOptions {
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly meanMessages: number;
  readonly report: Report;
}

/** More than a machine of this kind does. */
const mostPerSecond = 700;
/** Enough to keep the database and this process busy. */
const roundsAtOnce = 4;
/** Enough to know the distribution. */
const sampled = 5_000;

/** The referrals of the main job, signed ahead of time. */
function signReferrals(installation: Installation, places: BarePlaces, count: number): BareReferral[] {
  const newId = createNewId(systemClock, randomBytes);
  const aud = audienceOf(installation.instance, hubParticipantId);
  const referrals: BareReferral[] = [];
  const prefix = 'baseline';
  const options = { count: count * 2 + 100, seed: 1, prefix, rejectedShare: 0, nowMs: () => Date.now() };
  for (const { senderId, referral, label } of generateReferrals(options)) {
    const [addresseeId] = label.kind === 'accepted' && label.addressees.length === 2 ? label.addressees : [];
    const sender = places.senders.get(senderId);
    if (addresseeId === undefined || sender === undefined) continue;
    const { kid, private: key } = sender.signing;
    const iat = Math.floor(Date.now() / 1000);
    const header = { alg: 'ES256', typ: 'referral+jws', kid, iss: senderId, aud, iat, jti: newId() };
    referrals.push({ senderId, addresseeId, jws: signBare(header, referral, key) });
    if (referrals.length === count) break;
  }
  return referrals;
}

/** What all rounds share. */
interface Bare {
  readonly places: BarePlaces;
  readonly installation: Installation;
  readonly sequencer: ReturnType<typeof createBareSequencer>;
}

interface Tally {
  readonly rounds: { readonly beganMs: number; readonly endedMs: number; readonly referrals: number }[];
  parcels: number;
  messages: number;
  bytes: number;
}

async function runRounds(
  rounds: Iterator<readonly BareReferral[]>,
  endMs: number,
  context: Bare & { readonly tally: Tally },
): Promise<void> {
  const { places, installation, sequencer, tally } = context;
  const newId = createNewId(systemClock, randomBytes);
  const origin = originOf(installation.instance);
  const signerOf = new Map<string, KeyObject>();
  const deps: DeliveryDeps = {
    places,
    newId,
    origin,
    senderKeyOf: (referralId) => signerOf.get(referralId) ?? places.receipt.signing.public,
  };
  const runRound = async (referrals: readonly BareReferral[]): Promise<void> => {
    const beganMs = Date.now();
    const accepted = await Promise.all(
      referrals.map((referral) => acceptBare(referral, places, { newId, origin })),
    );
    for (const { id, senderId } of accepted) {
      const key = places.senders.get(senderId)?.signing.public;
      if (key !== undefined) signerOf.set(id, key);
    }
    const dispatches = await dispatchBare(accepted, places, { newId, origin });
    const parcels = await sendBare(dispatches, deps);
    const received = await Promise.all(
      parcels.map(async (parcel) => ({ parcel, receipt: await receiveBare(parcel, deps) })),
    );
    await receiptBare(received, deps);
    await sequencer.sequence();
    for (const { id } of accepted) signerOf.delete(id);
    tally.rounds.push({ beganMs, endedMs: Date.now(), referrals: referrals.length });
    tally.parcels += parcels.length;
    tally.messages += dispatches.length;
    tally.bytes += parcels.reduce((sum, { jwe }) => sum + jwe.length, 0);
  };
  const work = async (): Promise<void> => {
    while (Date.now() < endMs) {
      const next = rounds.next();
      if (next.done === true) return;
      await runRound(next.value);
    }
  };
  await Promise.all(Array.from({ length: roundsAtOnce }, work));
  while ((await sequencer.sequence()) > 0);
}

function* inRounds(referrals: readonly BareReferral[], size: number): Generator<readonly BareReferral[]> {
  for (let from = 0; from + size <= referrals.length; from += size) yield referrals.slice(from, from + size);
}

async function measure(bare: Bare, postmaster: number, options: BaselineOptions): Promise<BaselineFigures> {
  const { seconds, warmUpSeconds } = options;
  const count = Math.ceil(mostPerSecond * (seconds + warmUpSeconds));
  const referrals = signReferrals(bare.installation, bare.places, count);
  const addressees = referrals.slice(0, sampled).map(({ addresseeId }) => addresseeId);
  const size = findRoundSize(addressees, options.meanMessages);
  const rounds = inRounds(referrals, size);
  const warming: Tally = { rounds: [], parcels: 0, messages: 0, bytes: 0 };
  await runRounds(rounds, Date.now() + warmUpSeconds * 1000, { ...bare, tally: warming });
  const figures = await measureRounds(rounds, bare, { postmaster, seconds });
  return { ...figures, referralsTogether: size };
}

async function measureRounds(
  rounds: Iterator<readonly BareReferral[]>,
  bare: Bare,
  { postmaster, seconds }: { readonly postmaster: number; readonly seconds: number },
): Promise<Omit<BaselineFigures, 'referralsTogether'>> {
  const tally: Tally = { rounds: [], parcels: 0, messages: 0, bytes: 0 };
  const beganMs = Date.now();
  const nodeBefore = process.cpuUsage();
  const serverBefore = readServerCpu(postmaster).totalMs;
  await runRounds(rounds, beganMs + seconds * 1000, { ...bare, tally });
  const elapsedMs = Date.now() - beganMs;
  const { user, system } = process.cpuUsage(nodeBefore);
  const completed = tally.rounds.reduce((sum, { referrals }) => sum + referrals, 0);
  return {
    seconds: rounded(elapsedMs / 1000),
    completed,
    perSecond: rounded((completed * 1000) / elapsedMs),
    parcels: tally.parcels,
    meanMessages: rounded(tally.messages / Math.max(1, tally.parcels), 2),
    meanBytes: Math.round(tally.bytes / Math.max(1, tally.parcels)),
    cpuPerReferralMs: {
      node: rounded((user + system) / 1000 / completed, 3),
      postgres: rounded((readServerCpu(postmaster).totalMs - serverBefore) / completed, 3),
    },
    roundMs: latenciesOf(tally.rounds.map((round) => round.endedMs - round.beganMs)),
  };
}

/**
 * Does the unavoidable work of the main job in one process, with node:crypto and pg alone: the same signatures, encryption,
 * rows and durable transactions, at parcels of the same size; no HTTP, no framework, no validation, no decision.
 */
export async function runBaseline(options: BaselineOptions): Promise<BaselineFigures> {
  const { seconds, report, meanMessages } = options;
  report.line(`baseline, parcels of ${meanMessages} dispatches, ${seconds} s`);
  return withBenchFolder(async (folder) => {
    const settings = { track_commit_timestamp: 'on' };
    const place = join(folder, 'data', 'database');
    const database = await startDatabase({ folder: place, log: silentLog, settings });
    return withCleanUp(
      () => database.stop(),
      async () => {
        const installation = createInstallation(null);
        await prepareDatabases({ adminUrl: database.url }, installation);
        const places = openBarePlaces(installation, database.url);
        const sequencer = createBareSequencer(places, installation);
        return withCleanUp(places.close, () =>
          measure({ places, installation, sequencer }, database.pid, options),
        );
      },
    );
  });
}
