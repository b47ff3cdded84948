import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { hashBytes } from '../digest.ts';
import { LedgerError } from '../ledger-error.ts';
import { isNoteText } from './note-lines.ts';

/** Head of a log: everything in it, in one hash. */
export interface Checkpoint {
  /** Which log. */
  readonly origin: string;
  /** Number of leaves. */
  readonly size: number;
  /** Root of the tree of that size (RFC 6962, 2.1). */
  readonly root: Uint8Array;
}

/** A checkpoint as read: others' logs may add lines, which say nothing about the tree. */
export interface ParsedCheckpoint extends Checkpoint {
  readonly extensions: readonly string[];
}

/**
 * Text of a checkpoint: origin, size and base64 root, a line each, without extension lines (C2SP tlog-checkpoint).
 *
 * @throws LedgerError `origin-wrong`, `size-out-of-range`, `hash-length-wrong`
 */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (origin === '' || origin.includes('\n') || !isNoteText(`${origin}\n`))
    throw new LedgerError('origin-wrong');
  if (!Number.isSafeInteger(size) || size < 0) throw new LedgerError('size-out-of-range');
  if (root.length !== hashBytes) throw new LedgerError('hash-length-wrong');
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
}

/**
 * Reads a checkpoint's text (C2SP tlog-checkpoint); undefined unless it is exactly one: non-empty lines, size without
 * leading zeros and a safe integer, root the canonical base64 of 32 bytes. Extension lines are allowed and returned.
 */
export function parseCheckpoint(text: string): ParsedCheckpoint | undefined {
  if (!isNoteText(text)) return undefined;
  const lines = text.slice(0, -1).split('\n');
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = lines;
  const size = Number(sizeLine);
  const root = decodeBase64(rootLine);
  if (lines.includes('') || !/^(0|[1-9][0-9]*)$/.test(sizeLine) || !Number.isSafeInteger(size))
    return undefined;
  return root?.length === hashBytes ? { origin, size, root, extensions } : undefined;
}
