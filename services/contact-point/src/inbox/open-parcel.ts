import {
  audienceOf,
  limits,
  validateReceived,
  type DeliveryReceipt,
  type Dispatch,
  type RefusalCode,
} from '@liaison/contracts';
import { chooseKeyFrom, revocationFlag, type DirectoryIndex } from '@liaison/directory';
import { decryptParcel, digestOf, verifyMessage, type PrivateJwk, type SealCode } from '@liaison/seal';

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

/** How a refusal of the seal is answered to the hub, where its own code says more than `jws-malformed`. */
const refusalByCode: Partial<Record<SealCode, RefusalCode>> = {
  'key-unknown': 'key-unknown',
  'key-use-wrong': 'key-unknown',
  'key-not-yet-valid': 'key-not-valid',
  'key-expired': 'key-not-valid',
  'key-revoked': 'key-not-valid',
  'signature-invalid': 'signature-invalid',
  'audience-wrong': 'audience-wrong',
  undecryptable: 'undecryptable',
  'parcel-malformed': 'parcel-malformed',
  'addressee-wrong': 'parcel-malformed',
  'sender-wrong': 'parcel-malformed',
};

function refusalOf(code: SealCode): RefusalCode {
  return refusalByCode[code] ?? 'jws-malformed';
}

function refused(
  code: RefusalCode,
  message?: { readonly id: string; readonly digest: string },
): OpenedMessage {
  return { kind: 'refused', id: message?.id ?? null, digest: message?.digest ?? null, code };
}

/** Reads the payload; what a later version of the hub sends is told apart from what is wrong. */
function readDispatch(payload: unknown): Dispatch | RefusalCode {
  const dispatch = validateReceived('dispatch', payload);
  if (dispatch.ok) return dispatch.value;
  if (dispatch.faults.some(({ pointer }) => pointer === '/schemaVersion')) return 'version-unknown';
  return dispatch.faults.some(({ pointer }) => pointer === '/kind') ? 'kind-unknown' : 'schema-invalid';
}

/** Verifies the sender's own signature, by the time at which the hub accepted the referral. */
async function verifyReferral(
  dispatch: Dispatch,
  deps: OpenDeps,
): Promise<RefusalCode | { flag: string | null }> {
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
  const { iss, kid } = verified.value.header;
  const key = directory.key(iss, kid);
  return { flag: key === undefined ? null : revocationFlag(key, acceptedAtMs) };
}

async function openMessage(jws: string, deps: OpenDeps): Promise<OpenedMessage> {
  const { directory, nowMs, selfId } = deps;
  const { hub, instance } = directory.document;
  const verified = await verifyMessage(jws, {
    typ: 'dispatch+jws',
    maxBytes: limits.parcelBytes,
    audience: audienceOf(instance, selfId),
    chooseKey: chooseKeyFrom(directory, { rule: 'now', nowMs }, hub),
    clock: null,
  });
  if (!verified.ok) return refused(refusalOf(verified.fault.code));
  const { header, digest, payload } = verified.value;
  const message = { id: header.jti, digest };
  const dispatch = readDispatch(payload);
  if (typeof dispatch === 'string') return refused(dispatch, message);
  const referral = await verifyReferral(dispatch, deps);
  if (typeof referral === 'string') return refused(referral, message);
  return { kind: 'dispatch', ...message, jws, dispatch, senderKeyRevokedSince: referral.flag };
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
  if (!parcel.ok) {
    const code = refusalOf(parcel.fault.code);
    return { kind: 'unopened', digest, code: code === 'key-unknown' ? 'undecryptable' : code };
  }
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
