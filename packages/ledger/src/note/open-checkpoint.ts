import { parseCheckpoint, type ParsedCheckpoint } from './checkpoint.ts';
import { openNote, type NoteFault, type NoteTrust } from './open-note.ts';
import type { VerifierKey } from './verifier-key.ts';

/** Which log is meant, whom to believe, and how to check it. */
export interface LogTrust extends NoteTrust {
  /** First line of the log's checkpoints, and the name of its keys. */
  readonly origin: string;
}

/** Why a checkpoint is not believed. */
export type CheckpointFault =
  | NoteFault
  /** Signed, but no checkpoint. */
  | 'checkpoint-malformed'
  /** A checkpoint of another log. */
  | 'origin-wrong';

/** What became of a signed checkpoint. */
export type CheckpointResult =
  | {
      readonly ok: true;
      readonly checkpoint: ParsedCheckpoint;
      readonly signedBy: readonly VerifierKey[];
    }
  | { readonly ok: false; readonly code: CheckpointFault };

/**
 * Opens the signed checkpoint of one log (C2SP tlog-checkpoint). One signature has to be by a key that is named as the
 * log is: a key known for a sandbox or a witness cannot speak for production.
 */
export async function openCheckpoint(note: string, trust: LogTrust): Promise<CheckpointResult> {
  const opened = await openNote(note, trust);
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpoint(opened.text);
  if (checkpoint === undefined) return { ok: false, code: 'checkpoint-malformed' };
  if (checkpoint.origin !== trust.origin) return { ok: false, code: 'origin-wrong' };
  if (!opened.signedBy.some((key) => key.name === trust.origin))
    return { ok: false, code: 'signature-missing' };
  return { ok: true, checkpoint, signedBy: opened.signedBy };
}
