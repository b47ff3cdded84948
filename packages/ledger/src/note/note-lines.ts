import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/concat-bytes.ts';
import { isKeyName, keyHashBytes } from './key-hash.ts';

/** A signature line of a note. */
export interface NoteSignature {
  readonly name: string;
  readonly keyHash: Uint8Array;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** A note taken apart, not verified. */
export interface NoteLines {
  /** What was signed: ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** C2SP asks for 16 at least; a limit keeps a note of thousands from costing thousands of verifications. */
const maxSignatures = 64;

/** Whether a text may stand in a note: well-formed, no control character but the newline (C2SP signed-note, "Format"). */
export function isNoteText(text: string): boolean {
  return text.isWellFormed() && text.endsWith('\n') && !/[^\n\u0020-\u{10ffff}]/u.test(text);
}

/** Signature line: em dash, space, name, space, base64 of key hash and signature, newline. */
export function formatSignatureLine({ name, keyHash, signature }: NoteSignature): string {
  return `\u2014 ${name} ${encodeBase64(concatBytes(keyHash, signature))}\n`;
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ');
  const bytes = decodeBase64(encoded);
  if (dash !== '\u2014' || rest.length > 0 || !isKeyName(name)) return undefined;
  if (bytes === undefined || bytes.length <= keyHashBytes) return undefined;
  return { name, keyHash: bytes.slice(0, keyHashBytes), signature: bytes.slice(keyHashBytes) };
}

/** Takes a note apart at its last empty line; undefined if it is not a note or has too many signatures. */
export function parseNoteLines(note: string): NoteLines | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !isNoteText(note)) return undefined;
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > maxSignatures) return undefined;
  const signatures = lines.map(parseSignatureLine).filter((signature) => signature !== undefined);
  return signatures.length === lines.length ? { text: note.slice(0, end + 1), signatures } : undefined;
}
