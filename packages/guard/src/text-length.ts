import { bounds } from './bounds.ts';

/** Counts code points, as JSON Schema counts length (RFC 8259 strings, JSON Schema Validation 6.3.1). */
export function countCodePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0xdc00 || code > 0xdfff) count += 1;
  }
  return count;
}

/** Says whether free text is longer than its member allows, in code points or in bytes. */
export function isTooLong(text: string, maxCodePoints: number | null): boolean {
  if (maxCodePoints === null) return false;
  return (
    countCodePoints(text) > maxCodePoints ||
    Buffer.byteLength(text, 'utf8') > maxCodePoints * bounds.bytesPerCodePoint
  );
}
