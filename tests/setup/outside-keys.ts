import { createHash, type webcrypto } from 'node:crypto';
import type { SigningKey } from '@liaison/seal';

/** A key that was made with no code of ours: by Web Cryptography (W3C), which says nothing of `use`. */
export interface OutsideKey {
  /** RFC 7638 thumbprint, worked out here. */
  readonly kid: string;
  /** As its owner puts it into a public JWK set, under a name of its own. */
  readonly entry: object;
  /** The same with its private part: what must never be handed over. */
  readonly privateEntry: object;
  /** To sign or to decrypt with. */
  readonly key: SigningKey;
}

const algorithmOf = {
  sig: { name: 'ECDSA', usages: ['sign', 'verify'] },
  enc: { name: 'ECDH', usages: ['deriveBits'] },
} as const;

function thumbprintOf({ crv, kty, x, y }: webcrypto.JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

/** Makes a key on a curve; the hub takes P-256 alone. */
export async function makeOutsideKey(use: 'sig' | 'enc', namedCurve = 'P-256'): Promise<OutsideKey> {
  const { name, usages } = algorithmOf[use];
  const pair = await crypto.subtle.generateKey({ name, namedCurve }, true, [...usages]);
  const own = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const shown = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const { x = '', y = '', d = '' } = own;
  const kid = thumbprintOf(shown);
  const named = { use, kid: `${use} of this year` };
  return {
    kid,
    entry: { ...shown, ...named },
    privateEntry: { ...own, ...named },
    key: { kid, jwk: { kty: 'EC', crv: 'P-256', x, y, d } },
  };
}
