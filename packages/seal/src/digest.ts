import { createHash } from 'node:crypto';

/** The digest of bytes in the form of the contracts: `sha-256:` and unpadded base64url. */
export function digestOf(bytes: Uint8Array): string {
  return `sha-256:${createHash('sha256').update(bytes).digest('base64url')}`;
}
