import { verifyLogExport, type LogExportFault, type ParsedCheckpoint } from '@liaison/ledger';
import { readLogKeys, type LogKeyFault } from './log-keys.ts';
import { sha256, verifyEd25519 } from './node-crypto.ts';

/** Which log, whom to believe, and what was seen of it before. */
export interface LogTrustTexts {
  /** First line of its checkpoints; the name of the first key where it is left out. */
  readonly origin?: string;
  /** C2SP verifier keys. */
  readonly logKeys: readonly string[];
  /** Signed checkpoints seen before, in any order. */
  readonly earlierCheckpoints?: readonly string[];
}

/** What became of an exported log. */
export type LogResult =
  | { readonly ok: true; readonly checkpoint: ParsedCheckpoint }
  | {
      readonly ok: false;
      readonly code: LogExportFault | LogKeyFault;
      /** Line of the export, from 1; 0 for a fault outside it. */
      readonly line: number;
    };

/**
 * Verifies a whole exported log offline (`GET /log/export`), and that it still begins with what earlier checkpoints were
 * signed for.
 * @param lines the export's lines, without newlines.
 */
export async function verifyLog(lines: AsyncIterable<string>, trust: LogTrustTexts): Promise<LogResult> {
  const logKeys = await readLogKeys(trust.logKeys);
  if (!logKeys.ok) return { ...logKeys, line: 0 };
  return verifyLogExport(lines, {
    origin: trust.origin ?? logKeys.keys[0]?.name ?? '',
    verifierKeys: logKeys.keys,
    verify: verifyEd25519,
    digest: sha256,
    earlierCheckpoints: trust.earlierCheckpoints ?? [],
  });
}
