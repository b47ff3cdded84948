/** The digits of one alphabet in a text, the rest of the text left out. */
export interface Digits {
  readonly values: Uint8Array;
  readonly length: number;
}

/** Stands in an alphabet's table for a character that is no digit. */
export const leftOut = 255;

/** The ASCII characters of a text by their UTF-16 index; 0, which is in no alphabet, for every other. */
export function asciiOf(text: string): Uint8Array {
  if (!/[^ -~]/.test(text)) return Buffer.from(text, 'latin1');
  const codes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    codes[index] = code < 128 ? code : 0;
  }
  return codes;
}

/** Reads the digits of a text, leaving out whatever is not in the alphabet: separators hide nothing. */
export function readDigits(codes: Uint8Array, table: Uint8Array): Digits {
  const values = new Uint8Array(codes.length);
  let length = 0;
  for (let index = 0; index < codes.length; index += 1) {
    const digit = table[codes[index] ?? 0] ?? leftOut;
    if (digit === leftOut) continue;
    values[length] = digit;
    length += 1;
  }
  return { values, length };
}

/** Finds the characters at which the digits of an alphabet stand: needed only where something was found. */
export function locateDigits(codes: Uint8Array, table: Uint8Array): Uint32Array {
  const positions = new Uint32Array(codes.length);
  let length = 0;
  for (let index = 0; index < codes.length; index += 1) {
    if (table[codes[index] ?? 0] === leftOut) continue;
    positions[length] = index;
    length += 1;
  }
  return positions;
}
