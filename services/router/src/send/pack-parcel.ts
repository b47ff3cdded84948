import { limits } from '@liaison/contracts';
import { chooseEncryptionKey, type DirectoryIndex } from '@liaison/directory';
import { digestOf, encryptParcel } from '@liaison/seal';
import type { NewId } from '@liaison/service';
import type { ClaimedDispatch, PackedParcel } from '../store/outgoing.ts';

/** Base64url makes four characters of three bytes; header, key, IV and tag take the rest. */
const plaintextBytes = Math.floor((limits.parcelBytes - 2_048) * 0.75) - 256;

/** As many dispatches, in order, as fit the parcel's limits; at least one, which a single referral always does. */
export function fitParcel(dispatches: readonly ClaimedDispatch[]): ClaimedDispatch[] {
  let bytes = 0;
  const fitting = dispatches.slice(0, limits.parcelMessages).filter(({ jws }) => {
    bytes += jws.length + 3;
    return bytes <= plaintextBytes;
  });
  return fitting.length === 0 ? dispatches.slice(0, 1) : fitting;
}

/** Whether the directory says that an addressee understands a dispatch. */
export function isUnderstood(
  dispatch: ClaimedDispatch,
  addresseeId: string,
  directory: DirectoryIndex,
): boolean {
  const addressee = directory.participant(addresseeId);
  return (
    addressee !== undefined &&
    addressee.dispatchKinds.includes(dispatch.kind) &&
    addressee.schemaVersions.includes(dispatch.schemaVersion)
  );
}

/**
 * Packs dispatches into one parcel, encrypted to the addressee's current key.
 * @returns null where the directory has no key for it now: its dispatches wait.
 */
export async function packParcel(
  dispatches: readonly ClaimedDispatch[],
  to: { readonly addresseeId: string; readonly directory: DirectoryIndex; readonly nowMs: number },
  newId: NewId,
): Promise<PackedParcel | null> {
  const key = chooseEncryptionKey(to.directory, to.addresseeId, to.nowMs);
  if (key === undefined) return null;
  const id = newId();
  const jwe = await encryptParcel(
    {
      parcelId: id,
      from: to.directory.document.hub,
      to: to.addresseeId,
      messages: dispatches.map(({ jws }) => jws),
    },
    key,
  );
  const digest = digestOf(Buffer.from(jwe));
  return { id, digest, addresseeId: to.addresseeId, recipientKid: key.kid, dispatches, jwe };
}
