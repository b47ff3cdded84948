import type { MessageType } from '@liaison/contracts';
import type { DirectoryKey } from '@liaison/directory';
import { generateKeyPair, type SigningKey } from '@liaison/seal';

/** A key as the directory lists it, and as its owner has it. */
export interface TestKey extends SigningKey {
  readonly listed: DirectoryKey;
}

const hourMs = 3_600_000;

/** RFC 3339, so many hours from now. */
export function hoursFromNow(hours: number): string {
  return new Date(Date.now() + hours * hourMs).toISOString();
}

/** Makes a key that is valid for a day in both directions, or what differs. */
export function makeKey(types: readonly MessageType[], changes: Partial<DirectoryKey> = {}): TestKey {
  const { kid, publicJwk, privateJwk } = generateKeyPair();
  const listed: DirectoryKey = {
    kid,
    use: types.includes('parcel+jwe') ? 'enc' : 'sig',
    types: [...types],
    jwk: publicJwk,
    notBefore: hoursFromNow(-24),
    notAfter: hoursFromNow(24),
    revoked: null,
    ...changes,
  };
  return { kid, jwk: privateJwk, listed };
}
