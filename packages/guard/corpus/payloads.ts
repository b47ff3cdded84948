import { createHash } from 'node:crypto';
import { crc32, deflateSync, gzipSync } from 'node:zlib';

function ofBase64(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join(''), 'base64');
}

function numberOf(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** One grey pixel (ISO/IEC 15948). */
function makePng(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    return Buffer.concat([numberOf(data.length), body, numberOf(crc32(body))]);
  };
  const header = Buffer.concat([numberOf(1), numberOf(1), Buffer.from([8, 0, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One stored file (APPNOTE.TXT, 4.3). */
function makeZip(): Buffer {
  const name = Buffer.from('a.txt');
  const data = Buffer.from('Nine at the old bridge.');
  const sizes = Buffer.concat([numberOf(crc32(data)), numberOf(data.length), numberOf(data.length)]).swap32();
  const times = Buffer.from('0a00000000000000215c', 'hex');
  const lengths = Buffer.from([name.length, 0, 0, 0]);
  return Buffer.concat([Buffer.from('504b0304', 'hex'), times, sizes, lengths, name, data]);
}

/** Bytes that look like nothing, as a cipher makes them. */
function makeCiphertext(length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update('smuggled').digest();
}

/** What attempts carry: small files that programs open, ciphertext, words and addresses. The largest has 134 bytes. */
export const payloads: Readonly<Record<string, { readonly called: string; readonly bytes: Buffer }>> = {
  jpeg: {
    called: 'a JPEG of one pixel',
    bytes: ofBase64(
      '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////',
      '////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
    ),
  },
  png: { called: 'a PNG of one pixel', bytes: makePng() },
  gif: {
    called: 'a GIF of one pixel',
    bytes: ofBase64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  },
  webp: {
    called: 'a WebP of one pixel',
    bytes: ofBase64('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='),
  },
  mp4: {
    called: 'the first box of an MP4',
    bytes: Buffer.from('000000186674797069736f6d0000020069736f6d61766331', 'hex'),
  },
  pdf: { called: 'the head of a PDF', bytes: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n') },
  zip: { called: 'an archive with one text', bytes: makeZip() },
  gzip: { called: 'a compressed text', bytes: gzipSync('Nine at the old bridge.', { level: 9 }) },
  svg: {
    called: 'a drawing in SVG',
    bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9"/></svg>'),
  },
  cipher: { called: '32 bytes of ciphertext', bytes: makeCiphertext(32) },
  long: { called: '64 bytes of ciphertext', bytes: makeCiphertext(64) },
  short: { called: '20 bytes of ciphertext', bytes: makeCiphertext(20) },
  quick: { called: '16 bytes of ciphertext', bytes: makeCiphertext(16) },
  agreed: { called: 'an agreement to meet', bytes: Buffer.from('Bridge at nine.') },
  pdfHead: { called: 'the head of a PDF', bytes: Buffer.from('%PDF-1.4\n1 0') },
  mp4Head: { called: 'the head of an MP4', bytes: Buffer.from('000000186674797069736f6d', 'hex') },
  code: { called: 'the code of an invitation', bytes: Buffer.from('9f3bXqT7wK') },
  words: { called: 'an agreement to meet', bytes: Buffer.from('Meet at the old bridge, nine tonight') },
  url: { called: 'an address of content', bytes: Buffer.from('https://files.example/a/9f3b?k=17') },
};
