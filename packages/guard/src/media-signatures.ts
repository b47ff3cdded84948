/** Reads the byte at an index counted from a possible start; -1 beyond the end. */
type ByteAt = (index: number) => number;

/** How a kind of file begins: `head`, then, where there are any, one of `tails`. Hex; `..` is any byte, `e.` any E0-EF. */
interface Signature {
  readonly name: string;
  readonly head: string;
  readonly tails?: readonly string[];
}

/**
 * Each is at least 32 bits wide, most more than 40: random identifiers must not be taken for media by chance.
 * Sources: the formats' own specifications (ISO/IEC 10918, 15948, 14496-12, 23008-12, RFC 8478, 1952, APPNOTE.TXT ...).
 */
const signatures: readonly Signature[] = [
  {
    name: 'JPEG',
    head: 'ffd8ff',
    tails: [
      'e.00',
      'e0....4a46',
      'e1....45786966',
      'e1....68747470',
      'e2....4943435f',
      'e2....4d5046',
      'ed....50686f74',
      'db0043',
      'db0084',
      'db00c5',
      'fe00',
      'c00011',
      'c20011',
      'c400',
      'c401',
      'dd0004',
    ],
  },
  { name: 'PNG', head: '89504e470d0a1a0a' },
  { name: 'GIF', head: '474946383', tails: ['761', '961'] },
  { name: 'RIFF', head: '52494646', tails: ['........57454250', '........57415645', '........41564920'] },
  {
    name: 'MP4',
    head: '66747970',
    tails: [
      '69736f',
      '6d7034',
      '61766331',
      '4d3456',
      '4d3441',
      '7174',
      '6865',
      '6d696631',
      '6d736631',
      '617669',
      '336770',
      '336732',
      '64617368',
      '663476',
      '637278',
      '4d534e56',
      '6d6d70',
    ],
  },
  { name: 'Matroska', head: '1a45dfa3', tails: ['..4286', '..4282', '..42f7', '01000000000000'] },
  { name: 'Flash video', head: '464c56010', tails: ['100000009', '400000009', '500000009'] },
  { name: 'Ogg', head: '4f676753000' },
  { name: 'FLAC', head: '664c6143', tails: ['00000022', '80000022'] },
  { name: 'MP3', head: '494433', tails: ['0200.0', '0300.0', '0400.0'] },
  { name: 'MPEG', head: '01ba', tails: ['440004', '2100010001'] },
  { name: 'ASF', head: '3026b2758e66cf11' },
  {
    name: 'BMP',
    head: '424d',
    tails: [
      '........00000000......0028000000',
      '........00000000......006c000000',
      '........00000000......007c000000',
      '........00000000......000c000000',
    ],
  },
  { name: 'TIFF', head: '49492a00', tails: ['......00'] },
  { name: 'TIFF', head: '4d4d002a', tails: ['00'] },
  { name: 'BigTIFF', head: '49492b00080000' },
  { name: 'JPEG 2000', head: '6a5020200d0a870a' },
  { name: 'JPEG 2000', head: 'ff4fff5100' },
  { name: 'JPEG XL', head: '4a584c200d0a870a' },
  { name: 'Photoshop', head: '384250530001' },
  { name: 'SVG', head: '3c7376672', tails: ['0786d6c6e73', '077696474', '0766965774'] },
  {
    name: 'QOI',
    head: '716f6966',
    tails: ['0000....0000....0300', '0000....0000....0301', '0000....0000....0400', '0000....0000....0401'],
  },
  { name: 'AIFF', head: '464f524d', tails: ['........41494646', '........41494643'] },
  { name: 'MIDI', head: '4d54686400000006' },
  { name: 'AMR', head: '2321414d52' },
  { name: 'ZIP', head: '504b0304', tails: ['0.00', '1.00', '2.00', '3.00'] },
  { name: 'ZIP', head: '504b0506000000' },
  { name: '7-Zip', head: '377abcaf271c' },
  { name: 'RAR', head: '526172211a07' },
  {
    name: 'gzip',
    head: '1f8b08',
    tails: ['0.........00', '0.........02', '0.........04', '1.........00', '1.........02'],
  },
  { name: 'bzip2', head: '425a68', tails: ['3.314159265359'] },
  { name: 'xz', head: 'fd377a585a00' },
  { name: 'Zstandard', head: '28b52ffd' },
  { name: 'LZ4', head: '04224d18', tails: ['4.', '6.', '7.'] },
  { name: 'tar', head: '7573746172', tails: ['003030', '202000'] },
  { name: 'PDF', head: '255044462d', tails: ['3.2e'] },
  { name: 'PostScript', head: '252150532d41646f62' },
  { name: 'RTF', head: '7b5c727466', tails: ['31'] },
  { name: 'OLE document', head: 'd0cf11e0a1b11ae1' },
];

interface Pattern {
  readonly name: string;
  readonly values: Uint8Array;
  readonly masks: Uint8Array;
}

/** The signatures that share their first two bytes, and which fourth bytes they allow. */
interface Candidates {
  readonly patterns: Pattern[];
  readonly fourths: Uint8Array;
}

/** Signatures by their first bytes: a search asks the sieve of its digits, then these, and `nameAt` last. */
export interface SignatureTable {
  /** 1 for every pair of bytes with which a signature begins. */
  readonly starts: Uint8Array;
  /** 1 for every pair of bytes that stands second and third in a signature. */
  readonly seconds: Uint8Array;
  /** Name of the kind of file that begins here, or null. */
  readonly nameAt: (byteAt: ByteAt) => string | null;
}

function compilePattern(name: string, hex: string): Pattern {
  const length = Math.ceil(hex.length / 2);
  const values = new Uint8Array(length);
  const masks = new Uint8Array(length);
  for (let index = 0; index < hex.length; index += 1) {
    const nibble = hex.charAt(index);
    if (nibble === '.') continue;
    const shift = index % 2 === 0 ? 4 : 0;
    const at = index >> 1;
    values[at] = (values[at] ?? 0) | (Number.parseInt(nibble, 16) << shift);
    masks[at] = (masks[at] ?? 0) | (15 << shift);
  }
  return { name, values, masks };
}

function allows({ values, masks }: Pattern, index: number, byte: number): boolean {
  return (byte & (masks[index] ?? 0)) === (values[index] ?? 0);
}

function matches(pattern: Pattern, byteAt: ByteAt): boolean {
  for (let index = 2; index < pattern.values.length; index += 1) {
    const byte = byteAt(index);
    if (byte < 0 || !allows(pattern, index, byte)) return false;
  }
  return true;
}

function addPattern(candidates: Candidates, pattern: Pattern): void {
  candidates.patterns.push(pattern);
  for (let byte = 0; byte < 256; byte += 1) {
    if (allows(pattern, 3, byte)) candidates.fourths[byte] = 1;
  }
}

/** Prepares the table of signatures; made once by `createGuard`. */
export function compileSignatures(): SignatureTable {
  const starts = new Uint8Array(65_536);
  const seconds = new Uint8Array(65_536);
  const byStart = new Map<number, Candidates>();
  for (const { name, head, tails } of signatures) {
    const start = Number.parseInt(head.slice(0, 4), 16);
    starts[start] = 1;
    if (head.length >= 6) seconds[Number.parseInt(head.slice(2, 6), 16)] = 1;
    else seconds.fill(1, (start & 255) << 8, ((start & 255) + 1) << 8);
    const candidates = byStart.get(start) ?? { patterns: [], fourths: new Uint8Array(256) };
    for (const tail of tails ?? ['']) addPattern(candidates, compilePattern(name, head + tail));
    byStart.set(start, candidates);
  }
  const nameAt = (byteAt: ByteAt): string | null => {
    const candidates = byStart.get((byteAt(0) << 8) | byteAt(1));
    if (candidates === undefined || candidates.fourths[byteAt(3)] !== 1) return null;
    return candidates.patterns.find((pattern) => matches(pattern, byteAt))?.name ?? null;
  };
  return { starts, seconds, nameAt };
}
