import { limits, topicTo } from '@liaison/contracts';
import type { Exchange } from '@liaison/exchange';
import { appendEvents, type PreparedEvent } from '@liaison/hub-database';
import { codesOf, spanPlaces, type ReachPoint } from '@liaison/service';
import { markSent, postponeDispatches, readWaiting, type PackedParcel } from '../store/outgoing.ts';
import { traceSent, type TraceDeps } from '../trace-steps.ts';
import { parcelDueMs } from './linger.ts';
import { packRound, type PackDeps } from './pack-round.ts';

/** What sending needs. */
export interface SendDeps extends PackDeps, TraceDeps {
  readonly exchange: Exchange;
  readonly reach: ReachPoint;
}

/** Parcels of one round: bounds what is in memory. */
const parcelsPerRound = 8;
const afterFailureMs = 1_000;

function toMessage(deps: SendDeps, { id, addresseeId, digest, jwe }: PackedParcel) {
  const headers = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: deps.hubId,
    ce_type: 'eu.liaison.parcel',
    ...deps.tracing.headersOf(spanPlaces.parcelSent(digest)),
  };
  return {
    topic: topicTo(deps.instance, addresseeId),
    record: { key: id, value: Buffer.from(jwe), headers },
  };
}

/** Sends parcels together; where that fails, one by one, so that nobody waits for another's topic. */
async function sendParcels(
  deps: SendDeps,
  parcels: readonly PackedParcel[],
): Promise<readonly PackedParcel[]> {
  try {
    await deps.exchange.sendEach(parcels.map((parcel) => toMessage(deps, parcel)));
    return parcels;
  } catch (error) {
    deps.log.warn('parcels-not-sent', { parcels: parcels.length, codes: codesOf(error) });
  }
  const sent: PackedParcel[] = [];
  for (const parcel of parcels) {
    try {
      await deps.exchange.sendEach([toMessage(deps, parcel)]);
      sent.push(parcel);
    } catch (error) {
      deps.log.warn('parcel-not-sent', {
        parcelId: parcel.id,
        addressee: parcel.addresseeId,
        codes: codesOf(error),
      });
    }
  }
  return sent;
}

async function prepareSentEvents(deps: SendDeps, parcels: readonly PackedParcel[]): Promise<PreparedEvent[]> {
  const atMs = deps.clock.nowMs();
  const events: PreparedEvent[] = [];
  for (const { addresseeId, digest, dispatches } of parcels) {
    for (const { id, kind, referralId } of dispatches) {
      events.push(
        await deps.events.prepare({
          type: 'dispatchSent',
          atMs,
          subjectId: id,
          actorId: deps.hubId,
          facts: { kind, sender: deps.hubId, addressee: addresseeId, referralId, state: 'sent' },
          details: { parcelDigest: digest },
          referralId,
          audience: null,
        }),
      );
    }
  }
  return events;
}

async function recordSent(deps: SendDeps, sent: readonly PackedParcel[]): Promise<void> {
  if (sent.length === 0) return;
  const events = await prepareSentEvents(deps, sent);
  await deps.database.transaction(async (tx) => {
    await markSent(tx, sent, deps.clock.nowMs());
    await appendEvents(tx, events);
  });
}

async function postponeFailed(deps: SendDeps, failed: readonly PackedParcel[]): Promise<void> {
  if (failed.length === 0) return;
  const ids = failed.flatMap(({ dispatches }) => dispatches.map(({ id }) => id));
  await postponeDispatches(deps.database, ids, deps.clock.nowMs() + afterFailureMs);
}

/** What a round of sending left: when the next parcel is due, milliseconds since 1970, if one waits. */
export interface SendRound {
  readonly sent: number;
  readonly nextDueMs: number | null;
}

/**
 * One round: packs a parcel for each addressee that is due, in one transaction; sends them outside of any; records what
 * was sent in another. A crash between leaves a lease that runs out, and the dispatch is sent again, under the same id.
 */
export async function sendRound(deps: SendDeps): Promise<SendRound> {
  const nowMs = deps.clock.nowMs();
  const directory = deps.holder.current(nowMs);
  if (directory === null) return { sent: 0, nextDueMs: null };
  const waiting = await readWaiting(deps.database, nowMs);
  const inAll = waiting.reduce((sum, { count }) => sum + count, 0);
  const dues = waiting
    .map((one) => ({ ...one, dueMs: parcelDueMs(one, inAll, limits.parcelMessages) }))
    .sort((left, right) => Number(right.urgent) - Number(left.urgent) || left.dueMs - right.dueMs);
  const due = dues.filter(({ dueMs }) => dueMs <= nowMs).slice(0, parcelsPerRound);
  const rest = dues.filter((one) => !due.includes(one));
  const nextDueMs = rest.length === 0 ? null : Math.min(...rest.map(({ dueMs }) => dueMs));
  if (due.length === 0) return { sent: 0, nextDueMs };
  const addresseeIds = due.map(({ addresseeId }) => addresseeId);
  const parcels = await packRound(deps, addresseeIds, directory);
  const sent = parcels.length === 0 ? [] : await sendParcels(deps, parcels);
  await deps.reach('send:sent');
  await recordSent(deps, sent);
  traceSent(sent, nowMs, deps);
  await postponeFailed(
    deps,
    parcels.filter((parcel) => !sent.includes(parcel)),
  );
  return { sent: sent.length, nextDueMs };
}
