import { parseVerifierKey, type VerifierKey } from '@liaison/ledger';
import type { HubKeys } from './hub-keys.ts';
import type { MemberTrust } from './member-trust.ts';
import { sha256 } from './node-crypto.ts';

/** Why verifier keys cannot be used. */
export type LogKeyFault = 'verifier-key-malformed' | 'verifier-key-hash-wrong' | 'verifier-key-missing';

/** Verifier keys ready for use. */
export type LogKeys =
  | { readonly ok: true; readonly keys: readonly VerifierKey[] }
  | { readonly ok: false; readonly code: LogKeyFault };

/** Reads C2SP verifier keys; those of other signature types are for other tools and left aside. */
export async function readLogKeys(texts: readonly string[]): Promise<LogKeys> {
  const keys: VerifierKey[] = [];
  for (const text of texts) {
    const parsed = await parseVerifierKey(text, sha256);
    if (parsed.ok) keys.push(parsed.key);
    else if (parsed.code !== 'verifier-key-type-unknown') return { ok: false, code: parsed.code };
  }
  return keys.length === 0 ? { ok: false, code: 'verifier-key-missing' } : { ok: true, keys };
}

/** The log's keys that a member may believe: those handed over at registration, and those of the verified directory. */
export function logKeyTextsOf({ log }: MemberTrust, hubKeys: HubKeys | null): readonly string[] {
  if (hubKeys?.kind !== 'directory') return log.keys;
  const listed = hubKeys.directory.document.log;
  return listed.origin === log.origin ? [...new Set([...log.keys, ...listed.keys])] : log.keys;
}
