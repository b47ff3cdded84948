import type { PublicJwk } from '@liaison/contracts';
import { chooseKeyFrom, openDirectory, type DirectoryIndex, type OpenedDirectory } from '@liaison/directory';
import { thumbprintOf, type ChooseKey } from '@liaison/seal';
import type { MemberTrust } from './member-trust.ts';

/** Where the hub's public keys come from. */
export type HubKeys =
  | { readonly kind: 'directory'; readonly directory: DirectoryIndex }
  /** Handed over by a safe way: their validity is not judged. */
  | { readonly kind: 'pinned'; readonly keys: readonly PublicJwk[] };

/** When a key was withdrawn, and since when it may have been in other hands. */
export interface Revocation {
  readonly since: string;
  readonly at: string;
}

/**
 * Chooses the hub's key for a receipt, valid when the receipt says that it accepted; a receipt is kept for years and its
 * key is not.
 */
export function chooseHubKey(keys: HubKeys, hub: string, acceptedAtMs: number): ChooseKey {
  if (keys.kind === 'directory') {
    return chooseKeyFrom(keys.directory, { rule: 'acceptedAt', acceptedAtMs }, hub);
  }
  const known = new Map(keys.keys.map((jwk) => [thumbprintOf(jwk), jwk]));
  return ({ kid, iss }) => {
    const jwk = iss === hub ? known.get(kid) : undefined;
    return jwk === undefined ? { ok: false, code: 'key-unknown' } : { ok: true, jwk };
  };
}

/** The revocation of a key, if the directory has one. */
export function revocationOf(keys: HubKeys, hub: string, kid: string): Revocation | null {
  return keys.kind === 'directory' ? (keys.directory.key(hub, kid)?.revoked ?? null) : null;
}

/**
 * Opens a saved directory document for checking evidence: signed by a pinned anchor, for this installation, of this hub.
 * That it has expired does not matter here.
 */
export async function openMemberDirectory(
  jws: string,
  trust: Pick<MemberTrust, 'instance' | 'anchors' | 'hub'>,
): Promise<OpenedDirectory> {
  const opened = await openDirectory(jws, trust);
  if (opened.ok && opened.directory.document.hub !== trust.hub) return { ok: false, code: 'instance-wrong' };
  return opened;
}
