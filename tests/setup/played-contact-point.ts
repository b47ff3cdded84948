import {
  audienceOf,
  hubParticipantId,
  limits,
  topicFrom,
  topicTo,
  validateMessage,
  type DeliveryReceipt,
} from '@liaison/contracts';
import { chooseKeyFrom } from '@liaison/directory';
import type { InstalledContactPoint } from '@liaison/local';
import {
  compactKindOf,
  decryptParcel,
  digestOf,
  readParcelHeader,
  verifyMessage,
  type PrivateJwk,
  type ReadJws,
} from '@liaison/seal';
import { silentLog } from '@liaison/service';
import { vi } from 'vitest';
import type { TestHub } from './test-hub.ts';

/** A parcel of the hub that was opened, its messages verified. */
export interface ReceivedParcel {
  readonly parcelId: string;
  readonly digest: string;
  /** The key that it is sealed to. */
  readonly recipientKid: string;
  readonly messages: readonly ReadJws[];
}

/** A contact point's end of the exchange, at which the test decides what it answers. */
export interface PlayedContactPoint {
  readonly installed: InstalledContactPoint;
  /** Everything that has come so far. */
  parcels(): readonly ReceivedParcel[];
  /** Waits for the first parcel with a dispatch, or for the one with that count. */
  parcelWith(dispatchId: string, count?: number): Promise<ReceivedParcel>;
  /** Waits for so many receipts of the hub for a record; their signed bytes. */
  hubReceiptsFor(value: Uint8Array, count?: number): Promise<readonly string[]>;
  /** Waits for what the hub says of a record. */
  hubReceiptFor(value: Uint8Array): Promise<DeliveryReceipt>;
  /** Puts records on its own topic, as they are. */
  send(...values: readonly (string | Uint8Array)[]): Promise<void>;
  /** Takes a decryption key besides those that it has. */
  hold(key: { readonly kid: string; readonly privateJwk: PrivateJwk }): void;
}

/** Opens the end of a contact point that nobody else runs. */
export async function playContactPoint(hub: TestHub, id: string): Promise<PlayedContactPoint> {
  const { instance, contactPoints } = hub.installation;
  const installed = contactPoints.find(({ participant }) => participant.id === id);
  if (installed === undefined) throw new Error('no such contact point');
  const exchange = await hub.openExchangeAs(id);
  const directory = await hub.readDirectory();
  const keys = new Map([[installed.encryption.kid, installed.encryption.privateJwk]]);
  const parcels: ReceivedParcel[] = [];
  const receipts: { readonly jws: string; readonly receipt: DeliveryReceipt }[] = [];
  const failures: unknown[] = [];

  const verify = async (typ: 'dispatch+jws' | 'delivery-receipt+jws', jws: string): Promise<ReadJws> => {
    const verified = await verifyMessage(jws, {
      typ,
      maxBytes: limits.parcelBytes,
      audience: audienceOf(instance, id),
      chooseKey: chooseKeyFrom(directory, { rule: 'now', nowMs: hub.clock.nowMs() }, hubParticipantId),
      clock: null,
    });
    if (!verified.ok) throw new Error(`the hub's ${typ} is refused: ${verified.fault.code}`);
    return verified.value;
  };

  const openParcel = async (value: Uint8Array): Promise<ReceivedParcel> => {
    const { parcelBytes: maxBytes } = limits;
    const read = readParcelHeader(value, maxBytes);
    const options = { privateKeys: (kid: string) => keys.get(kid), self: id, from: hubParticipantId };
    const parcel = await decryptParcel(value, { ...options, maxBytes });
    if (!read.ok || !parcel.ok) throw new Error("the hub's parcel does not open");
    const messages: ReadJws[] = [];
    for (const jws of parcel.value.messages) messages.push(await verify('dispatch+jws', jws));
    const { parcelId } = parcel.value;
    return { parcelId, digest: digestOf(value), recipientKid: read.value.kid, messages };
  };

  const take = async (value: Uint8Array): Promise<void> => {
    if (compactKindOf(value) === 'jwe') {
      parcels.push(await openParcel(value));
      return;
    }
    const { jws, payload } = await verify('delivery-receipt+jws', Buffer.from(value).toString());
    const receipt = validateMessage('delivery-receipt', payload);
    if (!receipt.ok) throw new Error(`the hub's receipt is wrong at ${receipt.faults[0]?.pointer}`);
    receipts.push({ jws, receipt: receipt.value });
  };

  const collect = <Item>(find: () => readonly Item[], count: number): Promise<readonly Item[]> =>
    vi.waitFor(
      () => {
        const found = find();
        if (found.length >= count) return found;
        throw new Error(`still waiting: ${found.length} of ${count} have come`, { cause: failures[0] });
      },
      { timeout: 20_000, interval: 10 },
    );

  await exchange.receive({
    group: id,
    topics: [topicTo(instance, id)],
    maxRecords: 100,
    maxBytes: 4_000_000,
    handle: async (records) => {
      for (const { value } of records) await take(value);
    },
    quarantine: (_record, error) => Promise.resolve(void failures.push(error)),
    isTransient: () => false,
    log: silentLog,
  });

  const receiptsFor = async (value: Uint8Array, count: number): Promise<typeof receipts> => {
    const parcelDigest = digestOf(value);
    const find = (): typeof receipts =>
      receipts.filter(({ receipt }) => receipt.parcelDigest === parcelDigest);
    return [...(await collect(find, count))];
  };
  return {
    installed,
    parcels: () => parcels,
    async parcelWith(dispatchId, count = 1) {
      const find = (): readonly ReceivedParcel[] =>
        parcels.filter(({ messages }) => messages.some(({ header }) => header.jti === dispatchId));
      const found = (await collect(find, count)).at(count - 1);
      if (found === undefined) throw new Error('no such parcel');
      return found;
    },
    async hubReceiptsFor(value, count = 1) {
      return (await receiptsFor(value, count)).map(({ jws }) => jws);
    },
    async hubReceiptFor(value) {
      const [first] = await receiptsFor(value, 1);
      if (first === undefined) throw new Error('no receipt');
      return first.receipt;
    },
    async send(...values) {
      const records = values.map((value) => ({ key: 'played', value: Buffer.from(value), headers: {} }));
      await exchange.send(topicFrom(instance, id), records);
    },
    hold({ kid, privateJwk }) {
      keys.set(kid, privateJwk);
    },
  };
}
