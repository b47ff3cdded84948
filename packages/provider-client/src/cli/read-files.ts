import { readFileSync } from 'node:fs';
import type { Membership } from '@liaison/contracts';
import type { SigningKey } from '@liaison/seal';
import { ClientError } from '../client-error.ts';
import { readSigningKey, type SigningKeyFault } from '../keys/read-signing-key.ts';
import { readMembership } from '../read-membership.ts';
import { parseText } from './input/parse-text.ts';
import { UsageError } from './usage-error.ts';

const reasons = new Map([
  ['ENOENT', 'does not exist: check the name and the folder'],
  ['EACCES', 'may not be read by you: ask its owner, or change its permissions'],
  ['EPERM', 'may not be read by you: ask its owner, or change its permissions'],
  ['EISDIR', 'is a folder: name a file in it'],
]);

/** One sentence on why a file cannot be read. */
export function describeFileFault(path: string, error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return `${path} ${reasons.get(String(code)) ?? 'cannot be read'}.`;
}

/** A file's text. @throws UsageError `file-unreadable`. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError('file-unreadable', describeFileFault(path, error), { cause: error });
  }
}

/** A file's JSON. @throws UsageError `file-unreadable`, `file-not-json`. */
export function readJson(path: string): unknown {
  return parseText(readText(path), path);
}

/** @throws UsageError `file-unreadable`, `file-not-json`, `membership-invalid`. */
export function readMembershipFile(path: string): Membership {
  try {
    return readMembership(readJson(path));
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const message = `${path} is not a membership document: take the one that the hub gave at registration.`;
    throw new UsageError('membership-invalid', message, { cause: error });
  }
}

const keyFaults: Readonly<Record<SigningKeyFault, string>> = {
  'not-a-jwk-set': 'is not a JWK set: take the private.jwks.json that keygen made',
  'key-not-p256': 'holds a key that is not a private key on P-256: take the private set, not the public one',
  'key-inconsistent':
    'holds a key whose private part is not that of its public part: take the file as keygen made it',
  'signing-key-missing': 'holds no key to sign with: make keys with keygen',
  'signing-key-ambiguous': 'holds several keys to sign with: say which with --kid',
  'kid-unknown': 'does not hold the key that --kid names: check the id, or leave --kid out',
};

/** @throws UsageError `file-unreadable`, `file-not-json`, and the codes of `SigningKeyFault`. */
export function readSigningKeyFile(path: string, kid: string | undefined): SigningKey {
  const read = readSigningKey(readJson(path), kid);
  if (!read.ok) throw new UsageError(read.code, `${path} ${keyFaults[read.code]}.`);
  return read.key;
}
