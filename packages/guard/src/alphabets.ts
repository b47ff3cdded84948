import { leftOut } from './digits.ts';

/** An encoding in which every character stands for a fixed number of bits. */
export interface Alphabet {
  readonly name: string;
  readonly bits: 1 | 4 | 5 | 6;
  /** Value of every ASCII character; 255 for one that is left out. */
  readonly values: Uint8Array;
  /** The alphabet differs from the first of its name only where a text holds one of these. */
  readonly onlyWith: RegExp | null;
  /** Whether text inside the encoding is searched in turn. */
  readonly mayHoldText: boolean;
}

/** An encoding in which a group of characters stands for a group of bytes (base85, base45). */
export interface GroupAlphabet {
  readonly name: string;
  readonly radix: 85 | 45;
  readonly values: Uint8Array;
}

/** Which alphabets are tried: the common ones on everything, the others only on words, of which there are few. */
export interface AlphabetSet {
  readonly symbols: readonly Alphabet[];
  readonly groups: readonly GroupAlphabet[];
}

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const decimals = '0123456789';

function tableOf(characters: string, foldCase = false): Uint8Array {
  const values = new Uint8Array(256).fill(leftOut);
  for (let value = 0; value < characters.length; value += 1) {
    const character = characters.charAt(value);
    values[character.charCodeAt(0)] = value;
    if (foldCase) values[character.toLowerCase().charCodeAt(0)] = value;
  }
  return values;
}

/** Base64 and base64url at once: they differ in two digits only. */
function base64Table(): Uint8Array {
  const values = tableOf(`${upper}${lower}${decimals}+/`);
  values['-'.charCodeAt(0)] = 62;
  values['_'.charCodeAt(0)] = 63;
  return values;
}

/** The alphabets that the design names (RFC 4648, Adobe's ASCII85); hex and base32 of either case. */
export function createCommonAlphabets(): AlphabetSet {
  const letters = upper + lower + decimals;
  return {
    symbols: [
      { name: 'base64', bits: 6, values: base64Table(), onlyWith: null, mayHoldText: true },
      // A separator in one alphabet is a digit of the other: each is tried with the other's digits left out.
      { name: 'base64', bits: 6, values: tableOf(`${letters}+/`), onlyWith: /[-_]/, mayHoldText: false },
      { name: 'base64url', bits: 6, values: tableOf(`${letters}-_`), onlyWith: /[+/]/, mayHoldText: false },
      { name: 'hex', bits: 4, values: tableOf(`${decimals}ABCDEF`, true), onlyWith: null, mayHoldText: true },
      { name: 'base32', bits: 5, values: tableOf(`${upper}234567`, true), onlyWith: null, mayHoldText: true },
    ],
    groups: [
      {
        name: 'ASCII85',
        radix: 85,
        values: tableOf(Array.from({ length: 85 }, (_, value) => String.fromCharCode(33 + value)).join('')),
      },
    ],
  };
}

/** The common alphabets and the less common: base32hex, Crockford's, digits of two, Z85, RFC 1924, RFC 9285. */
export function createAllAlphabets(): AlphabetSet {
  const { symbols, groups } = createCommonAlphabets();
  const base32 = { bits: 5, onlyWith: null, mayHoldText: false } as const;
  const crockford = `${decimals}ABCDEFGHJKMNPQRSTVWXYZ`;
  return {
    symbols: [
      ...symbols,
      { name: 'base32hex', values: tableOf(decimals + upper.slice(0, 22), true), ...base32 },
      { name: 'Crockford base32', values: tableOf(crockford, true), ...base32 },
      { name: 'binary digits', bits: 1, values: tableOf('01'), onlyWith: null, mayHoldText: false },
    ],
    groups: [
      ...groups,
      { name: 'Z85', radix: 85, values: tableOf(`${decimals}${lower}${upper}.-:+=^!/*?&<>()[]{}@%$#`) },
      { name: 'base85', radix: 85, values: tableOf(`${decimals}${upper}${lower}!#$%&()*+-;<=>?@^_\`{|}~`) },
      { name: 'base45', radix: 45, values: tableOf(`${decimals}${upper} $%*+-./:`) },
    ],
  };
}
