import type { ParticipantKind, PublicJwk } from '@liaison/contracts';
import { takesPartInExchange } from '@liaison/directory';
import { generateKeyPair, type PrivateJwk } from '@liaison/seal';

/** What a key is for. */
type KeyUse = 'sig' | 'enc';

/** A public key as a JWK set has it (RFC 7517, 4). */
export type PublicSetKey = PublicJwk & { readonly kid: string; readonly use: KeyUse };
/** A private key as a JWK set has it. */
export type PrivateSetKey = PrivateJwk & { readonly kid: string; readonly use: KeyUse };

/** The same keys twice: to keep, and to hand over. */
export interface GeneratedKeys {
  /** Never leaves its owner. */
  readonly privateJwks: { readonly keys: readonly PrivateSetKey[] };
  /** What the hub registers. */
  readonly publicJwks: { readonly keys: readonly PublicSetKey[] };
}

/** Who has keys of its own to make: anyone but the hub. */
export type MemberKind = Exclude<ParticipantKind, 'hub'>;

/**
 * Makes the keys that a participant of a kind needs, on P-256: one to sign with, and one to decrypt parcels with where it
 * has a place in the exchange. Each goes by its thumbprint (RFC 7638).
 */
export function generateKeys({ kind }: { readonly kind: MemberKind }): GeneratedKeys {
  const uses: readonly KeyUse[] = takesPartInExchange(kind) ? ['sig', 'enc'] : ['sig'];
  const pairs = uses.map((use) => ({ use, ...generateKeyPair() }));
  return {
    privateJwks: { keys: pairs.map(({ kid, use, privateJwk }) => ({ ...privateJwk, kid, use })) },
    publicJwks: { keys: pairs.map(({ kid, use, publicJwk }) => ({ ...publicJwk, kid, use })) },
  };
}
