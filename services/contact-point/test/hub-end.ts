import {
  audienceOf,
  limits,
  topicFrom,
  topicTo,
  validateMessage,
  type DeliveryReceipt,
} from '@liaison/contracts';
import { chooseKeyFrom } from '@liaison/directory';
import { openExchange, type IncomingRecord } from '@liaison/exchange';
import { compactKindOf, decryptParcel, digestOf, verifyMessage, type ReadJws } from '@liaison/seal';
import { silentLog } from '@liaison/service';
import { vi } from 'vitest';
import type { Members } from './members.ts';

/** The hub's end of the exchange. */
export interface HubEnd {
  /** Puts records on the topic of `cp-be`, as they are. */
  send(...values: readonly Uint8Array[]): Promise<void>;
  /** Waits for so many verified receipts for a record. */
  receiptsFor(value: Uint8Array, count?: number): Promise<DeliveryReceipt[]>;
  /** Sends a record and waits for the first receipt for it. */
  deliver(value: Uint8Array): Promise<DeliveryReceipt>;
  /** All receipts' records so far, as they came. */
  receiptRecords(): string[];
  /** Waits for so many parcels, and opens and verifies what they hold. */
  feedback(count: number): Promise<OpenedFeedback[]>;
  close(): Promise<void>;
}

/** A parcel of feedback that came to the hub. */
export interface OpenedFeedback {
  readonly digest: string;
  readonly messages: readonly ReadJws[];
}

const timeoutMs = 20_000;

async function verifyAs(
  typ: 'delivery-receipt+jws' | 'feedback+jws',
  jws: string | Uint8Array,
  members: Members,
) {
  const verified = await verifyMessage(jws, {
    typ,
    maxBytes: limits.referralJwsBytes,
    audience: audienceOf(members.instance, 'hub'),
    chooseKey: chooseKeyFrom(members.directory, { rule: 'answer', nowMs: Date.now() }, 'cp-be'),
    clock: null,
  });
  if (!verified.ok) throw new Error(`the contact point's ${typ} is refused: ${verified.fault.code}`);
  return verified.value;
}

async function openReceipt(value: Uint8Array, members: Members): Promise<DeliveryReceipt> {
  const { payload } = await verifyAs('delivery-receipt+jws', value, members);
  const receipt = validateMessage('delivery-receipt', payload);
  if (!receipt.ok) throw new Error(`the receipt is wrong at ${receipt.faults[0]?.pointer}`);
  return receipt.value;
}

async function openFeedback(value: Uint8Array, members: Members): Promise<OpenedFeedback> {
  const { encryption } = members.hub;
  const parcel = await decryptParcel(value, {
    privateKeys: (kid) => (kid === encryption.kid ? encryption.jwk : undefined),
    self: 'hub',
    from: 'cp-be',
    maxBytes: limits.parcelBytes,
  });
  if (!parcel.ok) throw new Error(`the parcel is refused: ${parcel.fault.code}`);
  const messages: ReadJws[] = [];
  for (const jws of parcel.value.messages) messages.push(await verifyAs('feedback+jws', jws, members));
  return { digest: digestOf(value), messages };
}

async function collect<Item>(find: () => Promise<Item[]> | Item[], count: number): Promise<Item[]> {
  return vi.waitFor(
    async () => {
      const found = await find();
      if (found.length < count) throw new Error(`still waiting: ${found.length} of ${count}`);
      return found;
    },
    { timeout: timeoutMs, interval: 10 },
  );
}

/** Opens the hub's end and reads all that the contact point writes. */
export async function openHubEnd(url: string, members: Members): Promise<HubEnd> {
  const exchange = await openExchange(url, { log: silentLog, applicationName: 'hub-end' });
  const records: IncomingRecord[] = [];
  await exchange.receive({
    group: 'hub',
    topics: [topicFrom(members.instance, 'cp-be')],
    maxRecords: 100,
    maxBytes: 4_000_000,
    handle: (batch) => Promise.resolve(void records.push(...batch)),
    quarantine: () => Promise.resolve(),
    isTransient: () => false,
    log: silentLog,
  });
  const valuesOf = (kind: 'jws' | 'jwe'): Uint8Array[] =>
    records.map(({ value }) => value).filter((value) => compactKindOf(value) === kind);
  const end: HubEnd = {
    async send(...values) {
      const outgoing = values.map((value) => ({ key: 'test', value, headers: {} }));
      await exchange.send(topicTo(members.instance, 'cp-be'), outgoing);
    },
    async receiptsFor(value, count = 1) {
      const parcelDigest = digestOf(value);
      return collect(async () => {
        const receipts = await Promise.all(valuesOf('jws').map((one) => openReceipt(one, members)));
        return receipts.filter((receipt) => receipt.parcelDigest === parcelDigest);
      }, count);
    },
    async deliver(value) {
      await end.send(value);
      const [receipt] = await end.receiptsFor(value);
      if (receipt === undefined) throw new Error('no receipt');
      return receipt;
    },
    receiptRecords: () => valuesOf('jws').map((value) => Buffer.from(value).toString()),
    async feedback(count) {
      return collect(() => Promise.all(valuesOf('jwe').map((one) => openFeedback(one, members))), count);
    },
    close: () => exchange.close(),
  };
  return end;
}
