/** Looks for values in bytes, in every encoding in which they could lie there. */
export interface ByteSearch {
  /** Names of the values that are in there. */
  find(bytes: Uint8Array): ReadonlySet<string>;
}

/** What is looked for, by a name that may stand in a test's output: text, or bytes as such. */
export type WantedValues = Readonly<Record<string, string | Uint8Array>>;

interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Shorter pieces would be found by chance. */
const minNeedleBytes = 6;

/**
 * What stands for a value inside base64 text, whatever stands before and after it: one piece for each of the three ways
 * in which it can lie across the groups.
 */
function base64Pieces(value: Uint8Array, alphabet: 'base64' | 'base64url'): Buffer[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), value])
      .toString(alphabet)
      .replaceAll('=', '');
    // Characters that hold bits of a neighbour differ with it.
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + value.length) * 8) / 6);
    return Buffer.from(text.slice(first, last));
  });
}

function encodingsOf(value: Buffer): Buffer[] {
  const hex = value.toString('hex');
  const utf16 = Buffer.from(value.toString('latin1'), 'utf16le');
  const once = [...base64Pieces(value, 'base64'), ...base64Pieces(value, 'base64url')];
  // A message in a message: the sender's JWS lies in the payload of the hub's.
  const twice = base64Pieces(value, 'base64url').flatMap((piece) => base64Pieces(piece, 'base64url'));
  return [
    value,
    Buffer.from(hex),
    Buffer.from(hex.toUpperCase()),
    utf16,
    Buffer.from(utf16).swap16(),
    ...once,
    ...twice,
    // As PostgreSQL prints bytes that hold base64.
    ...once.map((piece) => Buffer.from(piece.toString('hex'))),
  ];
}

const prefixOf = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** Prepares a search: plain, hex, base64 and base64url in all three alignments, once and twice, UTF-16 of both orders. */
export function createByteSearch(wanted: WantedValues): ByteSearch {
  const needles: Needle[] = Object.entries(wanted).flatMap(([name, value]) => {
    const bytes = Buffer.from(value);
    if (bytes.length < minNeedleBytes) throw new RangeError(`${name} is too short to be looked for`);
    const distinct = new Map(encodingsOf(bytes).map((one) => [one.toString('latin1'), one]));
    return [...distinct.values()]
      .filter((one) => one.length >= minNeedleBytes)
      .map((one) => ({ name, bytes: one }));
  });
  // Files are large: one look at two bytes decides for nearly all places that nothing begins there.
  const byPrefix = new Map<number, Needle[]>();
  const begins = new Uint8Array(65_536);
  for (const needle of needles) {
    const prefix = prefixOf(needle.bytes, 0);
    begins[prefix] = 1;
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), needle]);
  }
  return {
    find(bytes) {
      const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const found = new Set<string>();
      let prefix = view[0] ?? 0;
      for (let at = 0; at + 1 < view.length; at += 1) {
        prefix = ((prefix & 0xff) << 8) | (view[at + 1] ?? 0);
        if (begins[prefix] === 0) continue;
        for (const { name, bytes: needle } of byPrefix.get(prefix) ?? []) {
          if (!found.has(name) && needle.equals(view.subarray(at, at + needle.length))) found.add(name);
        }
      }
      return found;
    },
  };
}
