import type { KeyObject } from 'node:crypto';
import { topicFrom, topicTo } from '@liaison/contracts';
import type { NewId } from '@liaison/service';
import { decryptBare, encryptBare, payloadOfBare, signBare, verifyBare } from './bare-crypto.ts';
import type { BareDispatch } from './bare-dispatch.ts';
import { makeEvent, sha256, writeEvents } from './bare-events.ts';
import { commit, type BareContactPoint, type BarePlaces, type Statements } from './bare-places.ts';

/** A parcel of the baseline. */
export interface BareParcel {
  readonly id: string;
  readonly digest: string;
  readonly to: BareContactPoint;
  readonly dispatches: readonly BareDispatch[];
  readonly jwe: string;
}

/** What delivery needs. */
export interface DeliveryDeps {
  readonly places: BarePlaces;
  readonly newId: NewId;
  readonly origin: string;
  /** Whose provider's signature a dispatch's referral carries. */
  readonly senderKeyOf: (referralId: string) => KeyObject;
}

function appendTo(topic: string, key: string, value: string): Statements[number] {
  return {
    name: 'append',
    text: `with t as (update exchange.topic set next_offset = next_offset + 1 where name = $1
        returning topic_id, next_offset - 1 as place)
      insert into exchange.record (topic_id, "offset", key, value, headers, appended_at)
      select topic_id, place, $2, $3, '{"ce_specversion":"1.0"}', now() from t`,
    values: [topic, key, Buffer.from(value)],
  };
}

/** Encrypts a parcel for each addressee, commits which they are, and puts them into the exchange. */
export async function sendBare(
  dispatches: readonly BareDispatch[],
  deps: DeliveryDeps,
): Promise<BareParcel[]> {
  const { places, newId } = deps;
  const byAddressee = Map.groupBy(dispatches, ({ addresseeId }) => addresseeId);
  const parcels = [...byAddressee].flatMap(([addresseeId, own]): BareParcel[] => {
    const to = places.contactPoints.get(addresseeId);
    if (to === undefined) return [];
    const id = newId();
    const parcel = { parcelId: id, from: 'hub', to: addresseeId, messages: own.map(({ jws }) => jws) };
    const recipient = { kid: to.encryption.kid, key: to.encryption.public };
    const jwe = encryptBare(Buffer.from(JSON.stringify(parcel)), recipient);
    const digest = `sha-256:${sha256(Buffer.from(jwe)).toString('base64url')}`;
    return [{ id, digest, to, dispatches: own, jwe }];
  });
  const ids = dispatches.map(({ id }) => id);
  await commit(places.hub, [
    ...parcels.map((parcel) => ({
      name: 'parcel',
      text: `insert into hub.parcel (digest, id, addressee_id, recipient_kid, dispatch_ids, bytes, packed_at)
        values ($1, $2, $3, $4, $5::uuid[], $6, now())`,
      values: [
        parcel.digest,
        parcel.id,
        parcel.to.id,
        parcel.to.encryption.kid,
        parcel.dispatches.map(({ id }) => id),
        parcel.jwe.length,
      ],
    })),
    {
      name: 'sending',
      text: `update hub.dispatch set state = 'sending', attempts = 1, lease_until = now() where id = any($1::uuid[])`,
      values: [ids],
    },
  ]);
  for (const { to, id, jwe } of parcels)
    await commit(places.exchange, [appendTo(topicTo(places.instance, to.id), id, jwe)]);
  const events = parcels.flatMap((parcel) =>
    parcel.dispatches.map(({ id, referralId }) =>
      makeEvent(newId, deps.origin, {
        type: 'dispatchSent',
        subjectId: id,
        actorId: 'hub',
        facts: { kind: 'referral', sender: 'hub', addressee: parcel.to.id, referralId, state: 'sent' },
        details: { parcelDigest: parcel.digest },
        referralId,
      }),
    ),
  );
  await commit(places.hub, [
    {
      name: 'sent',
      text: `update hub.dispatch set state = 'sent', sent_at = now(), lease_until = null where id = any($1::uuid[])`,
      values: [ids],
    },
    {
      name: 'parcels-sent',
      text: 'update hub.parcel set sent_at = now() where digest = any($1::text[])',
      values: [parcels.map(({ digest }) => digest)],
    },
    {
      name: 'first-met',
      text: `update hub.deadline set state = 'met', closed_at = now()
        where referral_id = any($1::uuid[]) and dispatch_id is null`,
      values: [[...new Set(dispatches.map(({ referralId }) => referralId))]],
    },
    ...writeEvents(events),
  ]);
  return parcels;
}

/** Opens, verifies and stores a parcel as its contact point, and answers with a signed receipt. @returns the receipt. */
export async function receiveBare(parcel: BareParcel, deps: DeliveryDeps): Promise<string> {
  const { places, newId } = deps;
  const { to, dispatches } = parcel;
  const opened = JSON.parse(decryptBare(parcel.jwe, to.encryption.private).toString()) as {
    messages: string[];
  };
  for (const jws of opened.messages) {
    const { referral, referralId } = payloadOfBare(jws) as { referral: string; referralId: string };
    const isWhole =
      verifyBare(jws, places.dispatch.signing.public) && verifyBare(referral, deps.senderKeyOf(referralId));
    if (!isWhole) throw new TypeError('not signed');
  }
  const entries = dispatches.map(({ id, digest }) => ({
    dispatchId: id,
    digest,
    outcome: 'accepted',
    code: null,
  }));
  const receipt = signBare(
    {
      alg: 'ES256',
      typ: 'delivery-receipt+jws',
      kid: to.signing.kid,
      iss: to.id,
      aud: 'hub',
      iat: 0,
      jti: newId(),
    },
    {
      schemaVersion: '1.0',
      parcelId: parcel.id,
      parcelDigest: parcel.digest,
      outcome: 'opened',
      code: null,
      entries,
    },
    to.signing.private,
  );
  await commit(to.inbox, [
    {
      name: 'dispatches',
      text: `insert into inbox.dispatch (id, referral_id, kind, "sequence", urgent, sender_id, policy_version, digest, jws,
          accepted_at, received_at, state, provider_reference, abuse_types, certainty)
        select d, r, 'referral', 1, false, 'sender', '1', g, j, now(), now(), 'new', r::text, '{knownMaterial}', 'high'
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as x (d, r, g, j)`,
      values: [
        dispatches.map(({ id }) => id),
        dispatches.map(({ referralId }) => referralId),
        dispatches.map(({ digest }) => digest),
        opened.messages,
      ],
    },
    {
      name: 'parcel',
      text: 'insert into inbox.parcel (digest, parcel_id, receipt, received_at) values ($1, $2, $3, now())',
      values: [parcel.digest, parcel.id, receipt],
    },
    {
      name: 'receipt',
      text: 'insert into inbox.outgoing_receipt (parcel_digest, queued_at) values ($1, now())',
      values: [parcel.digest],
    },
  ]);
  await commit(places.exchange, [appendTo(topicFrom(places.instance, to.id), newId(), receipt)]);
  await commit(to.inbox, [
    {
      name: 'receipt-sent',
      text: 'update inbox.outgoing_receipt set sent_at = now() where parcel_digest = $1',
      values: [parcel.digest],
    },
  ]);
  return receipt;
}

/** Verifies the receipts of a round and commits them in one transaction. */
export async function receiptBare(
  received: readonly { readonly parcel: BareParcel; readonly receipt: string }[],
  deps: DeliveryDeps,
): Promise<void> {
  const { places, newId } = deps;
  const events = received.flatMap(({ parcel, receipt }) => {
    if (!verifyBare(receipt, parcel.to.signing.public)) throw new TypeError('not signed');
    const receiptDigest = sha256(Buffer.from(receipt)).toString('base64url');
    return parcel.dispatches.map(({ id, referralId, digest }) =>
      makeEvent(newId, deps.origin, {
        type: 'dispatchReceipted',
        subjectId: id,
        actorId: parcel.to.id,
        facts: { kind: 'referral', sender: 'hub', addressee: parcel.to.id, referralId, state: 'receipted' },
        details: { payloadDigest: digest, receiptDigest },
        referralId,
      }),
    );
  });
  const ids = received.flatMap(({ parcel }) => parcel.dispatches.map(({ id }) => id));
  await commit(places.hub, [
    {
      name: 'receipted',
      text: `update hub.dispatch set state = 'receipted', receipted_at = now() where id = any($1::uuid[])`,
      values: [ids],
    },
    {
      name: 'delivery-met',
      text: `update hub.deadline set state = 'met', closed_at = now()
        where dispatch_id = any($1::uuid[]) and kind = 'deliveryReceipt'`,
      values: [ids],
    },
    {
      name: 'parcels-receipted',
      text: 'update hub.parcel set receipted_at = now() where digest = any($1::text[])',
      values: [received.map(({ parcel }) => parcel.digest)],
    },
    ...writeEvents(events),
  ]);
}
