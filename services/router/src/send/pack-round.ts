import { limits } from '@liaison/contracts';
import type { DirectoryHolder, DirectoryIndex } from '@liaison/directory';
import { appendEvents, type ContentCipher, type EventMaker, type PreparedEvent } from '@liaison/hub-database';
import type { Database, Queryable } from '@liaison/postgres';
import { codesOf } from '@liaison/service';
import { clearAlarms, raiseAlarm, type AlarmDeps } from '../store/alarms.ts';
import {
  cancelDispatches,
  claimDispatches,
  parkDispatches,
  postponeDispatches,
  recordParcels,
  type ClaimedDispatch,
  type PackedParcel,
  type UnreadableDispatch,
} from '../store/outgoing.ts';
import { fitParcel, missingAbility, packParcel, type MissingAbility } from './pack-parcel.ts';

/** What packing needs. */
export interface PackDeps extends AlarmDeps {
  readonly database: Database;
  readonly holder: DirectoryHolder;
  readonly cipher: ContentCipher;
  readonly events: EventMaker;
  readonly hubId: string;
}

/** Longer than a send may take; a sender that dies frees its dispatches by then. */
const leaseMs = 5_000;
const withoutKeyMs = 30_000;
const unreadableMs = 10 * 60_000;

interface PackContext {
  readonly deps: PackDeps;
  readonly directory: DirectoryIndex;
  readonly nowMs: number;
}

interface Claimed {
  readonly addresseeId: string;
  readonly dispatches: readonly ClaimedDispatch[];
}

async function prepareParkedEvent(
  dispatch: ClaimedDispatch,
  parked: { readonly addresseeId: string; readonly code: MissingAbility },
  { deps, nowMs }: PackContext,
): Promise<PreparedEvent> {
  const { id, kind, referralId, digest } = dispatch;
  return deps.events.prepare({
    type: 'dispatchParked',
    atMs: nowMs,
    subjectId: id,
    actorId: deps.hubId,
    facts: {
      kind,
      sender: deps.hubId,
      addressee: parked.addresseeId,
      referralId,
      state: 'parked',
      codes: [parked.code],
    },
    details: { payloadDigest: digest },
    referralId,
    audience: null,
  });
}

/** Parks what the directory says the addressee does not understand. @returns what it does understand. */
async function parkNotUnderstood(
  tx: Queryable,
  { addresseeId, dispatches }: Claimed,
  context: PackContext,
): Promise<ClaimedDispatch[]> {
  const { deps, directory, nowMs } = context;
  const byAbility = Map.groupBy(dispatches, (dispatch) => missingAbility(dispatch, addresseeId, directory));
  const understood = byAbility.get(null) ?? [];
  if (understood.length === dispatches.length) return understood;
  const events: PreparedEvent[] = [];
  for (const [code, parked] of byAbility) {
    if (code === null) continue;
    const ids = parked.map(({ id }) => id);
    await parkDispatches(tx, ids, { code, asOfMs: nowMs });
    for (const dispatch of parked)
      events.push(await prepareParkedEvent(dispatch, { addresseeId, code }, context));
  }
  await raiseAlarm(tx, { code: 'dispatchParked', participantId: addresseeId, subjectId: null }, deps);
  await appendEvents(tx, events);
  return understood;
}

/** What could not be read or packed before, and is packed now, is no trouble any more. */
async function clearTroubles(tx: Queryable, parcel: PackedParcel, nowMs: number): Promise<void> {
  const { addresseeId: participantId, dispatches } = parcel;
  const subjectIds = dispatches.filter(({ postponed }) => postponed).map(({ id }) => id);
  if (subjectIds.length === 0) return;
  await clearAlarms(tx, { codes: ['contentUnreadable'], participantId, subjectIds }, nowMs);
  await clearAlarms(tx, { codes: ['parcelNotPacked'], participantId }, nowMs);
}

/** Packs one parcel for one addressee. Where there is no key, or packing fails, its dispatches wait, and nobody else's. */
async function packFor(tx: Queryable, claimed: Claimed, context: PackContext): Promise<PackedParcel | null> {
  const { deps, directory, nowMs } = context;
  const { addresseeId } = claimed;
  const understood = await parkNotUnderstood(tx, claimed, context);
  if (understood.length === 0) return null;
  let alarm: 'addresseeKeyMissing' | 'parcelNotPacked' = 'addresseeKeyMissing';
  try {
    const parcel = await packParcel(fitParcel(understood), { addresseeId, directory, nowMs }, deps.newId);
    if (parcel !== null) return parcel;
  } catch (error) {
    deps.log.error('parcel-not-packed', { addressee: addresseeId, codes: codesOf(error) });
    alarm = 'parcelNotPacked';
  }
  const ids = understood.map(({ id }) => id);
  await postponeDispatches(tx, ids, nowMs + withoutKeyMs);
  await raiseAlarm(tx, { code: alarm, participantId: addresseeId, subjectId: null }, deps);
  return null;
}

/** What does not open is tried again later, with an alarm; of an erased referral there is nothing left to send. */
async function putAside(
  tx: Queryable,
  unreadable: readonly UnreadableDispatch[],
  { deps, nowMs }: PackContext,
): Promise<void> {
  if (unreadable.length === 0) return;
  const idsOf = (erased: boolean): string[] =>
    unreadable.filter((one) => one.erased === erased).map(({ id }) => id);
  await cancelDispatches(tx, idsOf(true));
  await postponeDispatches(tx, idsOf(false), nowMs + unreadableMs);
  for (const { id, addresseeId, erased } of unreadable) {
    if (!erased)
      await raiseAlarm(tx, { code: 'contentUnreadable', participantId: addresseeId, subjectId: id }, deps);
  }
}

/** Claims what is due for these addressees and packs a parcel for each, in one transaction. */
export async function packRound(
  deps: PackDeps,
  addresseeIds: readonly string[],
  directory: DirectoryIndex,
): Promise<PackedParcel[]> {
  const context: PackContext = { deps, directory, nowMs: deps.clock.nowMs() };
  const { nowMs } = context;
  return deps.database.transaction(async (tx) => {
    const claim = { addresseeIds, limit: limits.parcelMessages, nowMs };
    const { readable, unreadable } = await claimDispatches(tx, deps.cipher, claim);
    await putAside(tx, unreadable, context);
    const parcels: PackedParcel[] = [];
    for (const [addresseeId, dispatches] of readable) {
      const parcel = await packFor(tx, { addresseeId, dispatches }, context);
      if (parcel === null) continue;
      parcels.push(parcel);
      await clearTroubles(tx, parcel, nowMs);
    }
    if (parcels.length > 0) await recordParcels(tx, parcels, { nowMs, leaseMs });
    return parcels;
  });
}
