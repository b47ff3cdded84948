import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createSigner,
  sha256,
  verifierKeyOf,
  verifySignature as verify,
} from '../../fixtures/node-crypto.ts';
import { createLeaves, createLog, logSigner, origin } from '../../fixtures/test-log.ts';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import { signNote } from './sign-note.ts';

const root = new Uint8Array(32).fill(7);
const text = `liaison.example/log\n42\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n`;

describe("a checkpoint's text", () => {
  test('has three lines', () => {
    expect(formatCheckpoint({ origin: 'liaison.example/log', size: 42, root })).toBe(text);
  });

  test('comes back as it was written', () => {
    const checkpoint = fc.record({
      origin: fc.stringMatching(/^[a-z é+./-]{1,20}$/),
      size: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes)),
    });
    fc.assert(
      fc.property(checkpoint, (given) => {
        expect(parseCheckpoint(formatCheckpoint(given))).toEqual({ ...given, extensions: [] });
      }),
    );
  });

  test('may have lines more, which are returned', () => {
    expect(parseCheckpoint(`${text}one\ntwo\n`)?.extensions).toEqual(['one', 'two']);
  });

  test.each([
    ['no newline at the end', text.slice(0, -1)],
    ['an empty line more', `${text}\n`],
    ['no origin', text.slice(text.indexOf('\n'))],
    ['a missing line', text.slice(text.indexOf('\n') + 1)],
    ['a leading zero', text.replace('42', '042')],
    ['a sign', text.replace('42', '+42')],
    ['a negative size', text.replace('42', '-42')],
    ['a fraction', text.replace('42', '4.2')],
    ['an exponent', text.replace('42', '4e2')],
    ['hexadecimal', text.replace('42', '0x2a')],
    ['a space', text.replace('42', '42 ')],
    ['other digits', text.replace('42', '\u0664\u0662')],
    ['a size beyond safe integers', text.replace('42', '9007199254740992')],
    ['a short root', text.replace(/\n.{44}\n/, `\n${'A'.repeat(40)}\n`)],
    ['a root that is not canonical', text.replace('wc=', 'wd=')],
    ['a root without padding', text.replace('wc=', 'wc')],
    ['a root in base64url', text.replace('BwcH', '-wcH')],
    ['a carriage return', text.replaceAll('\n', '\r\n')],
  ])('is refused with %s', (_, malformed) => {
    expect(parseCheckpoint(malformed)).toBeUndefined();
  });

  test.each([
    ['origin-wrong', { origin: '' }],
    ['origin-wrong', { origin: 'evil\n999' }],
    ['origin-wrong', { origin: 'tab\t' }],
    ['size-out-of-range', { size: -1 }],
    ['size-out-of-range', { size: 2 ** 53 }],
    ['hash-length-wrong', { root: new Uint8Array(31) }],
  ])('is not written: %s', (code, change) => {
    expect(() => formatCheckpoint({ origin: 'log', size: 1, root, ...change })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('opening a checkpoint', async () => {
  const sandbox = createSigner('liaison.example/sandbox/ledger', 2);
  const verifierKeys = [await verifierKeyOf(logSigner), await verifierKeyOf(sandbox)];
  const trust = { origin, verifierKeys, verify };
  const log = createLog(createLeaves(3));

  test('gives the head of the log', async () => {
    const opened = await openCheckpoint(await log.checkpointAt(3), trust);
    expect(opened).toMatchObject({ ok: true, checkpoint: { origin, size: 3, root: log.rootAt(3) } });
  });

  test('refuses the checkpoint of another log', async () => {
    const other = await createLog(log.leaves, sandbox).checkpointAt(3);
    expect(await openCheckpoint(other, trust)).toEqual({ ok: false, code: 'origin-wrong' });
  });

  test('refuses a checkpoint that only the key of another log signed', async () => {
    const checkpoint = formatCheckpoint({ origin, size: 3, root });
    const note = await signNote({ text: checkpoint, signer: sandbox, digest: sha256 });
    expect(await openCheckpoint(note, trust)).toEqual({ ok: false, code: 'signature-missing' });
  });

  test('refuses a signed note that is no checkpoint', async () => {
    const note = await signNote({ text: `${origin}\n`, signer: logSigner, digest: sha256 });
    expect(await openCheckpoint(note, trust)).toEqual({ ok: false, code: 'checkpoint-malformed' });
  });
});
