import { equalBytes } from '../bytes/equal-bytes.ts';
import { parseNoteLines } from './note-lines.ts';
import type { VerifierKey } from './verifier-key.ts';

/** Verifies an Ed25519 signature over a message (RFC 8032). */
export type VerifySignature = (
  publicKey: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
) => boolean | Promise<boolean>;

/** Whom to believe, and how to check it. */
export interface NoteTrust {
  readonly verifierKeys: readonly VerifierKey[];
  readonly verify: VerifySignature;
}

/** Why a note is not believed. */
export type NoteFault =
  /** Not a note, or one with more than 64 signatures. */
  | 'note-malformed'
  /** A key that we know, and a signature that is not its own. */
  | 'signature-wrong'
  /** No key that we know has signed. */
  | 'signature-missing';

/** What became of a note. */
export type NoteResult =
  | {
      readonly ok: true;
      readonly text: string;
      /** The known keys that signed, each once. */
      readonly signedBy: readonly VerifierKey[];
    }
  | { readonly ok: false; readonly code: NoteFault };

/**
 * Opens a signed note (C2SP signed-note): signatures by unknown keys are ignored, one by a known key is needed, and a
 * wrong one by a known key spoils the note. Nothing of a note that is not believed comes back.
 */
export async function openNote(note: string, { verifierKeys, verify }: NoteTrust): Promise<NoteResult> {
  const lines = parseNoteLines(note);
  if (lines === undefined) return { ok: false, code: 'note-malformed' };
  const message = new TextEncoder().encode(lines.text);
  const signedBy = new Set<VerifierKey>();
  for (const { name, keyHash, signature } of lines.signatures) {
    const key = verifierKeys.find((known) => known.name === name && equalBytes(known.keyHash, keyHash));
    if (key === undefined) continue;
    if (!(await verify(new Uint8Array(key.publicKey), message, signature)))
      return { ok: false, code: 'signature-wrong' };
    signedBy.add(key);
  }
  if (signedBy.size === 0) return { ok: false, code: 'signature-missing' };
  return { ok: true, text: lines.text, signedBy: [...signedBy] };
}
