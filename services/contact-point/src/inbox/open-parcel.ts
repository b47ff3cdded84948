import {
  audienceOf,
  limits,
  validateReceived,
  type DeliveryReceipt,
  type Dispatch,
  type Fault,
  type Referral,
  type RefusalCode,
} from '@liaison/contracts';
import { chooseKeyFrom, revocationFlag, type DirectoryIndex } from '@liaison/directory';
import {
  decryptParcel,
  digestOf,
  readJws,
  verifyMessage,
  type PrivateJwk,
  type SealCode,
  type SealFault,
} from '@liaison/seal';

/** What opening needs. */
export interface OpenDeps {
  readonly directory: DirectoryIndex;
  readonly nowMs: number;
  readonly selfId: string;
  /** The decryption key of an id; retired ones are kept, parcels to them may still be on their way. */
  readonly privateKeys: (kid: string) => PrivateJwk | undefined;
}

/** A dispatch whose signatures, the hub's and the sender's, have been verified. */
export interface OpenedDispatch {
  readonly kind: 'dispatch';
  readonly id: string;
  readonly digest: string;
  readonly jws: string;
  readonly dispatch: Dispatch;
  readonly referral: Referral;
  readonly senderKeyRevokedSince: string | null;
}

/** A message of a parcel, opened or refused; an id only where one could be read. */
export type OpenedMessage =
  | OpenedDispatch
  | {
      readonly kind: 'refused';
      readonly id: string | null;
      readonly digest: string | null;
      readonly code: RefusalCode;
      /** Whether a newer directory than the one at hand may know better: the hub accepted after it was issued. */
      readonly isOutdated: boolean;
    };

/** What a record with five parts turned out to be. */
export type OpenedParcel =
  | {
      readonly kind: 'parcel';
      readonly parcelId: string;
      readonly digest: string;
      readonly messages: readonly OpenedMessage[];
    }
  | { readonly kind: 'unopened'; readonly digest: string; readonly code: RefusalCode };

const dispatchForm = { typ: 'dispatch+jws', maxBytes: limits.parcelBytes } as const;
const malformedParcel: ReadonlySet<SealCode> = new Set([
  'parcel-malformed',
  'addressee-wrong',
  'sender-wrong',
]);

/** How a refused message is answered to the hub, where its own code says more than `jws-malformed`. */
const refusalByCode: Partial<Record<SealCode, RefusalCode>> = {
  'key-unknown': 'key-unknown',
  'key-use-wrong': 'key-unknown',
  'key-not-yet-valid': 'key-not-valid',
  'key-expired': 'key-not-valid',
  'key-revoked': 'key-not-valid',
  'signature-invalid': 'signature-invalid',
  'audience-wrong': 'audience-wrong',
};

function refusalOf(code: SealCode): RefusalCode {
  return refusalByCode[code] ?? 'jws-malformed';
}

/** A record that does not open may do so in another parcel; what opens and is no parcel for us was packed wrongly. */
function refusalOfParcel({ code, part }: SealFault): RefusalCode {
  const wasOpened = part === 'plaintext' || malformedParcel.has(code);
  return wasOpened ? 'parcel-malformed' : 'undecryptable';
}

/**
 * Refuses a message. The hub is told which of those that it packed was refused, so the id is read even where no signature
 * holds: it is said of this parcel alone.
 */
function refuseMessage(jws: string, code: RefusalCode, isOutdated = false): OpenedMessage {
  const read = readJws(jws, dispatchForm);
  if (!read.ok) return { kind: 'refused', id: null, digest: null, code, isOutdated };
  const { header, digest } = read.value;
  return { kind: 'refused', id: header.jti, digest, code, isOutdated };
}

/** What a later version sends is told apart from what is wrong. */
function refusalOfFaults(faults: readonly Fault[]): RefusalCode {
  const pointers = new Set(faults.map(({ pointer }) => pointer));
  if (pointers.has('/schemaVersion')) return 'version-unknown';
  return pointers.has('/kind') ? 'kind-unknown' : 'schema-invalid';
}

function readDispatch(payload: unknown): Dispatch | RefusalCode {
  const dispatch = validateReceived('dispatch', payload);
  return dispatch.ok ? dispatch.value : refusalOfFaults(dispatch.faults);
}

/**
 * Verifies the sender's own signature, by the time at which the hub accepted the referral. A referral that this version
 * cannot show is refused now, not when somebody wants to read it.
 */
async function verifyReferral(
  dispatch: Dispatch,
  deps: OpenDeps,
): Promise<RefusalCode | { referral: Referral; flag: string | null }> {
  const { directory } = deps;
  const { hub, instance } = directory.document;
  const acceptedAtMs = Date.parse(dispatch.acceptedAt);
  const verified = await verifyMessage(dispatch.referral, {
    typ: 'referral+jws',
    maxBytes: limits.referralJwsBytes,
    audience: audienceOf(instance, hub),
    chooseKey: chooseKeyFrom(directory, { rule: 'acceptedAt', acceptedAtMs }, dispatch.sender.participantId),
    clock: null,
  });
  if (!verified.ok) return refusalOf(verified.fault.code);
  const referral = validateReceived('referral', verified.value.payload);
  if (!referral.ok) return refusalOfFaults(referral.faults);
  const { iss, kid } = verified.value.header;
  const key = directory.key(iss, kid);
  const flag = key === undefined ? null : revocationFlag(key, acceptedAtMs);
  return { referral: referral.value, flag };
}

async function openMessage(jws: string, deps: OpenDeps): Promise<OpenedMessage> {
  const { directory, nowMs, selfId } = deps;
  const { hub, instance } = directory.document;
  const verified = await verifyMessage(jws, {
    ...dispatchForm,
    audience: audienceOf(instance, selfId),
    chooseKey: chooseKeyFrom(directory, { rule: 'now', nowMs }, hub),
    clock: null,
  });
  if (!verified.ok) return refuseMessage(jws, refusalOf(verified.fault.code));
  const { header, digest, payload } = verified.value;
  const dispatch = readDispatch(payload);
  if (typeof dispatch === 'string') return refuseMessage(jws, dispatch);
  const sent = await verifyReferral(dispatch, deps);
  if (typeof sent === 'string') {
    const isOutdated = sent === 'key-unknown' && directory.issuedAtMs <= Date.parse(dispatch.acceptedAt);
    return refuseMessage(jws, sent, isOutdated);
  }
  return {
    kind: 'dispatch',
    id: header.jti,
    digest,
    jws,
    dispatch,
    referral: sent.referral,
    senderKeyRevokedSince: sent.flag,
  };
}

/** Opens a parcel of the hub: decryption, each message's hub signature, then its sender's. */
export async function openParcel(value: Uint8Array, deps: OpenDeps): Promise<OpenedParcel> {
  const { hub } = deps.directory.document;
  const digest = digestOf(value);
  const parcel = await decryptParcel(value, {
    privateKeys: deps.privateKeys,
    self: deps.selfId,
    from: hub,
    maxBytes: limits.parcelBytes,
  });
  if (!parcel.ok) return { kind: 'unopened', digest, code: refusalOfParcel(parcel.fault) };
  const messages: OpenedMessage[] = [];
  for (const jws of parcel.value.messages) messages.push(await openMessage(jws, deps));
  return { kind: 'parcel', parcelId: parcel.value.parcelId, digest, messages };
}

/** Verifies the hub's receipt for a parcel of feedback; null where it is none. */
export async function openReceipt(value: Uint8Array, deps: OpenDeps): Promise<DeliveryReceipt | null> {
  const { directory, nowMs, selfId } = deps;
  const { hub, instance } = directory.document;
  const verified = await verifyMessage(value, {
    typ: 'delivery-receipt+jws',
    maxBytes: 64 * 1024,
    audience: audienceOf(instance, selfId),
    chooseKey: chooseKeyFrom(directory, { rule: 'now', nowMs }, hub),
    clock: null,
  });
  if (!verified.ok) return null;
  const receipt = validateReceived('delivery-receipt', verified.value.payload);
  return receipt.ok ? receipt.value : null;
}
