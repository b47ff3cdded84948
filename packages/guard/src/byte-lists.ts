/** Bytes written as numbers, and for each the character at which it stands. */
export interface ByteList {
  readonly bytes: Uint8Array;
  readonly positions: Uint32Array;
}

const zero = 48;
const minus = 45;

/** How the digits of a number are read: the byte, or -1 where they are none. */
type Reading = (number: {
  readonly decimal: number;
  readonly octal: number;
  readonly isNegative: boolean;
}) => number;

/** Decimal, decimal with the sign that some languages give to bytes, and octal. */
const readings: readonly Reading[] = [
  ({ decimal }) => decimal,
  ({ decimal, isNegative }) => (isNegative ? 256 - decimal : decimal),
  ({ octal }) => octal,
];

/**
 * Reads the groups of one to three digits of a text as bytes, in each of the ways in which bytes are written as numbers.
 * Whatever is no byte is left out.
 */
export function readByteLists(codes: Uint8Array): readonly ByteList[] {
  const bytes = readings.map(() => new Uint8Array((codes.length >> 1) + 1));
  const positions = readings.map(() => new Uint32Array((codes.length >> 1) + 1));
  const lengths = readings.map(() => 0);
  let index = 0;
  while (index < codes.length) {
    const at = index;
    let decimal = 0;
    let octal = 0;
    for (
      let digit = (codes[index] ?? 0) - zero;
      digit >= 0 && digit < 10;
      digit = (codes[index] ?? 0) - zero
    ) {
      decimal = Math.min(decimal * 10 + digit, 1000);
      octal = digit > 7 || octal < 0 ? -1 : Math.min(octal * 8 + digit, 1000);
      index += 1;
    }
    if (index === at) {
      index += 1;
    } else if (index - at <= 3) {
      const isNegative = codes[at - 1] === minus;
      readings.forEach((read, list) => {
        const byte = read({ decimal, octal, isNegative });
        const length = lengths[list] ?? 0;
        if (byte < 0 || byte > 255) return;
        (bytes[list] ?? new Uint8Array())[length] = byte;
        (positions[list] ?? new Uint32Array())[length] = at;
        lengths[list] = length + 1;
      });
    }
  }
  return readings.map((_, list) => ({
    bytes: (bytes[list] ?? new Uint8Array()).subarray(0, lengths[list]),
    positions: (positions[list] ?? new Uint32Array()).subarray(0, lengths[list]),
  }));
}
