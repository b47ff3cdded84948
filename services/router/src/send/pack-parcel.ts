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

/** What the directory does not list of an addressee. A receipt names the same as `kind-unknown` and `version-unknown`. */
export type MissingAbility = 'kind-unlisted' | 'version-unlisted';

/** Why, by the directory, an addressee does not understand a dispatch; null where it does. */
export function missingAbility(
  dispatch: Pick<ClaimedDispatch, 'kind' | 'schemaVersion'>,
  addresseeId: string,
  directory: DirectoryIndex,
): MissingAbility | null {
  const addressee = directory.participant(addresseeId);
  if (addressee?.dispatchKinds.includes(dispatch.kind) !== true) return 'kind-unlisted';
  return addressee.schemaVersions.includes(dispatch.schemaVersion) ? null : 'version-unlisted';
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
