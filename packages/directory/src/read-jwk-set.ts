import { createPublicKey } from 'node:crypto';
import { limits, type MessageType, type ParticipantKind, type PublicJwk } from '@liaison/contracts';
import { thumbprintOf } from '@liaison/seal';
import type { DirectoryKey } from './directory-index.ts';

/** Why a key set made elsewhere cannot be registered. */
export type JwkSetFault =
  | 'not-a-jwk-set'
  | 'private-key-given'
  | 'key-not-p256'
  | 'key-use-missing'
  | 'key-given-twice'
  | 'signing-key-missing'
  | 'encryption-key-missing';

/** Keys ready for the directory, or every fault with the index of its key. */
export type ReadJwkSet =
  | { readonly ok: true; readonly keys: readonly DirectoryKey[] }
  | {
      readonly ok: false;
      readonly faults: readonly { readonly index: number | null; readonly code: JwkSetFault }[];
    };

const senderTypes: readonly MessageType[] = ['referral+jws', 'request+jws'];
const authorityTypes: readonly MessageType[] = ['delivery-receipt+jws', 'feedback+jws'];

/** What a participant of a kind may sign; the hub's own keys are not registered, it makes them. */
const signedTypes: Readonly<Record<Exclude<ParticipantKind, 'hub'>, readonly MessageType[]>> = {
  provider: senderTypes,
  hotline: senderTypes,
  partnerCentre: senderTypes,
  lawEnforcement: authorityTypes,
  coordinatingAuthority: authorityTypes,
  europol: authorityTypes,
};

/** Whether a participant of this kind has a place in the exchange, and so needs an encryption key. */
export function takesPartInExchange(kind: ParticipantKind): boolean {
  return kind === 'lawEnforcement' || kind === 'coordinatingAuthority' || kind === 'europol';
}

/** Longest validity of a key that is registered, days. */
export const keyLifeDays = 730;

/**
 * Reads a point of P-256 (RFC 7518, 6.2.1). One off the curve would be listed, and then stop everybody who seals to it;
 * one in another spelling would have another thumbprint, so that a key could be listed twice.
 */
function readPublicJwk({ kty, crv, x, y }: Readonly<Record<string, unknown>>): PublicJwk | null {
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') return null;
  try {
    const point = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }).export({ format: 'jwk' });
    return point.x === x && point.y === y ? { kty, crv, x, y } : null;
  } catch {
    return null;
  }
}

type ReadKey = { readonly key: DirectoryKey } | { readonly faults: readonly JwkSetFault[] };

function readKey(
  entry: unknown,
  options: {
    readonly kind: Exclude<ParticipantKind, 'hub'>;
    readonly notBefore: string;
    readonly notAfter: string;
  },
): ReadKey {
  if (typeof entry !== 'object' || entry === null) return { faults: ['not-a-jwk-set'] };
  const members = entry as Readonly<Record<string, unknown>>;
  const jwk = readPublicJwk(members);
  const { use } = members;
  const isPrivate = 'd' in members || 'k' in members;
  if (isPrivate || jwk === null || (use !== 'sig' && use !== 'enc')) {
    const faults: JwkSetFault[] = [];
    if (isPrivate) faults.push('private-key-given');
    if (jwk === null) faults.push('key-not-p256');
    if (use !== 'sig' && use !== 'enc') faults.push('key-use-missing');
    return { faults };
  }
  const types: readonly MessageType[] = use === 'enc' ? ['parcel+jwe'] : signedTypes[options.kind];
  const { notBefore, notAfter } = options;
  return { key: { kid: thumbprintOf(jwk), use, types: [...types], jwk, notBefore, notAfter, revoked: null } };
}

/**
 * Reads a public JWK set (RFC 7517, 5) made with any tool, for registration.
 * @param value decoded JSON; each key needs `use` (`sig` or `enc`). A private member is refused loudly.
 * @param options the participant's kind decides what its keys may sign; validity from `nowMs`.
 */
export function readJwkSet(
  value: unknown,
  options: {
    readonly kind: Exclude<ParticipantKind, 'hub'>;
    readonly nowMs: number;
    readonly requireAll: boolean;
  },
): ReadJwkSet {
  const entries = (value as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(entries) || entries.length === 0)
    return { ok: false, faults: [{ index: null, code: 'not-a-jwk-set' }] };
  const notBefore = new Date(options.nowMs - limits.iatMaxAheadMs).toISOString();
  const notAfter = new Date(options.nowMs + keyLifeDays * 86_400_000).toISOString();
  const faults: { index: number | null; code: JwkSetFault }[] = [];
  const keys = new Map<string, DirectoryKey>();
  entries.forEach((entry: unknown, index) => {
    const read = readKey(entry, { kind: options.kind, notBefore, notAfter });
    if ('faults' in read) faults.push(...read.faults.map((code) => ({ index, code })));
    else if (keys.has(read.key.kid)) faults.push({ index, code: 'key-given-twice' });
    else keys.set(read.key.kid, read.key);
  });
  const uses = new Set([...keys.values()].map(({ use }) => use));
  if (options.requireAll && faults.length === 0) {
    if (!uses.has('sig')) faults.push({ index: null, code: 'signing-key-missing' });
    if (takesPartInExchange(options.kind) && !uses.has('enc'))
      faults.push({ index: null, code: 'encryption-key-missing' });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, keys: [...keys.values()] };
}
