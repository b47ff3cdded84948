import { readFileSync } from 'node:fs';
import type { Membership } from '@liaison/contracts';
import type { SigningKey } from '@liaison/seal';
import { ClientError } from '../client-error.ts';
import { readSigningKey, type SigningKeyFault } from '../keys/read-signing-key.ts';
import { readMembership } from '../read-membership.ts';
import { UsageError } from './usage-error.ts';

function reasonOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES') return 'may not be read by you';
  return code === 'EISDIR' ? 'is a folder' : 'cannot be read';
}

/** A file's text. @throws UsageError `file-unreadable`. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError('file-unreadable', `${path} ${reasonOf(error)}.`, { cause: error });
  }
}

/** A text's JSON. @throws UsageError `file-not-json`. */
function parseJsonText(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError('file-not-json', `${path} is not JSON.`, { cause: error });
  }
}

/** A file's JSON. @throws UsageError `file-unreadable`, `file-not-json`. */
export function readJson(path: string): unknown {
  return parseJsonText(readText(path), path);
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
  'not-a-jwk-set': 'is not a JWK set',
  'key-not-p256': 'holds a key that is not a private key on P-256',
  'key-inconsistent': 'holds a key whose private part is not that of its public part',
  'signing-key-missing': 'holds no key to sign with',
  'signing-key-ambiguous': 'holds several keys to sign with: say which with --kid',
  'kid-unknown': 'does not hold the key that --kid names',
};

/** @throws UsageError `file-unreadable`, `file-not-json`, and the codes of `SigningKeyFault`. */
export function readSigningKeyFile(path: string, kid: string | undefined): SigningKey {
  const read = readSigningKey(readJson(path), kid);
  if (!read.ok) throw new UsageError(read.code, `${path} ${keyFaults[read.code]}.`);
  return read.key;
}
