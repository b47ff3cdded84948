import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createSigner,
  sha256,
  verifierKeyOf,
  verifySignature as verify,
} from '../../fixtures/node-crypto.ts';
import vectors from '../../fixtures/signed-notes.json' with { type: 'json' };
import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { openNote } from './open-note.ts';
import { signNote } from './sign-note.ts';
import { parseVerifierKey } from './verifier-key.ts';

const text = 'first line\n\nlast line — it ends here\n';
const [alice, bob, eve] = [createSigner('alice', 1), createSigner('bob', 2), createSigner('eve', 3)];
const aliceKey = await verifierKeyOf(alice);
const bobKey = await verifierKeyOf(bob);
const note = await signNote({ text, signer: alice, digest: sha256 });
const lineOf = (signed: string): string => signed.slice(signed.lastIndexOf('\n\n') + 2);
const bobLine = lineOf(await signNote({ text, signer: bob, digest: sha256 }));
const eveLine = lineOf(await signNote({ text, signer: eve, digest: sha256 }));
const trust = { verifierKeys: [aliceKey, bobKey], verify };

function changeSignature(line: string, change: (bytes: Uint8Array) => Uint8Array): string {
  const [dash, name, encoded = ''] = line.trimEnd().split(' ');
  return `${dash} ${name} ${encodeBase64(change(decodeBase64(encoded) ?? new Uint8Array(0)))}\n`;
}
const flipLast = (bytes: Uint8Array): Uint8Array => bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1);

describe('a signed note', () => {
  test.each(vectors)('published by others opens: $source', async (vector) => {
    const parsed = await parseVerifierKey(vector.verifierKey, sha256);
    const verifierKeys = parsed.ok ? [parsed.key] : [];
    const opened = await openNote(vector.note, { verifierKeys, verify });
    const published = vector.note.slice(0, vector.note.lastIndexOf('\n\n') + 1);
    expect(opened).toEqual({ ok: true, text: published, signedBy: verifierKeys });
    const checkpoint = parseCheckpoint(published);
    expect(checkpoint && { ...checkpoint, root: encodeBase64(checkpoint.root) }).toEqual(
      vector.checkpoint === null ? undefined : { ...vector.checkpoint, extensions: [] },
    );
  });

  test('gives back its text and who signed, and ignores who is unknown', async () => {
    const opened = await openNote(note + eveLine + bobLine, trust);
    expect(opened).toEqual({ ok: true, text, signedBy: [aliceKey, bobKey] });
  });

  test('counts a key once that signed twice', async () => {
    const opened = await openNote(note + lineOf(note), trust);
    expect(opened).toEqual({ ok: true, text, signedBy: [aliceKey] });
  });

  test('is refused without a signature that we know', async () => {
    const opened = await openNote(`${text}\n${eveLine}`, trust);
    expect(opened).toEqual({ ok: false, code: 'signature-missing' });
  });

  test('is refused when a foreign key signs under a known name', async () => {
    const forged = await signNote({ text, signer: { ...eve, name: 'alice' }, digest: sha256 });
    expect(await openNote(forged, trust)).toEqual({ ok: false, code: 'signature-missing' });
  });

  test('is refused when a known key is given another name', async () => {
    const renamed = `${text}\n${lineOf(note).replace('alice', 'alicia')}`;
    expect(await openNote(renamed, trust)).toEqual({ ok: false, code: 'signature-missing' });
  });

  test('is refused when a foreign key signs under a known name and key hash', async () => {
    const line = changeSignature(eveLine.replace('eve', 'alice'), (bytes) =>
      Uint8Array.of(...aliceKey.keyHash, ...bytes.slice(4)),
    );
    expect(await openNote(`${text}\n${line}`, trust)).toEqual({ ok: false, code: 'signature-wrong' });
  });

  test('is refused for one wrong signature of a known key, even beside a good one', async () => {
    const spoiled = [
      note + changeSignature(bobLine, flipLast),
      note + changeSignature(lineOf(note), flipLast),
    ];
    for (const wrong of spoiled)
      expect(await openNote(wrong, trust)).toEqual({ ok: false, code: 'signature-wrong' });
  });

  test('is refused when a character of its text is changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: text.length - 2 }), async (at) => {
        const changed = note.slice(0, at) + (note[at] === 'x' ? 'y' : 'x') + note.slice(at + 1);
        expect(await openNote(changed, trust)).toMatchObject({ ok: false });
      }),
    );
  });

  test('may carry 64 signatures and not one more', async () => {
    const full = note + eveLine.repeat(63);
    expect(await openNote(full, trust)).toMatchObject({ ok: true });
    expect(await openNote(full + eveLine, trust)).toEqual({ ok: false, code: 'note-malformed' });
  });

  const [dash, name, encoded] = lineOf(note).trimEnd().split(' ');
  test.each([
    ['nothing', ''],
    ['no signature', `${text}\n`],
    ['no empty line', text + lineOf(note)],
    ['no newline at the end', note.slice(0, -1)],
    ['an empty line at the end', `${note}\n`],
    ['carriage returns', note.replaceAll('\n', '\r\n')],
    ['a tab in the text', note.replace(' ', '\t')],
    ['a null in the text', note.replace(' ', '\0')],
    ['a lone surrogate', note.replace(' ', '\ud800')],
    ['a hyphen for the dash', `${text}\n- ${name} ${encoded}\n`],
    ['an en dash for the dash', `${text}\n\u2013 ${name} ${encoded}\n`],
    ['two spaces', `${text}\n${dash}  ${name} ${encoded}\n`],
    ['a space at the end', `${text}\n${dash} ${name} ${encoded} \n`],
    ['a word more', `${text}\n${dash} ${name} ${encoded} more\n`],
    ['no name', `${text}\n${dash} ${encoded}\n`],
    ['a plus in a name', `${text}\n${dash} ${name}+ ${encoded}\n`],
    ['a no-break space in a name', `${text}\n${dash} a\u00a0b ${encoded}\n`],
    ['base64 without padding', `${text}\n${dash} ${name} ${encoded?.replace(/=+$/, '')}\n`],
    ['base64 that is not canonical', `${text}\n${dash} ${name} AAAAAB==\n`],
    ['a signature of no bytes', `${text}\n${dash} ${name} AAAAAA==\n`],
    ['another line among the signatures', `${note}more\n`],
  ])('is malformed with %s', async (_, malformed) => {
    expect(await openNote(malformed, trust)).toEqual({ ok: false, code: 'note-malformed' });
  });

  test('opens again whatever text was signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a\n —é🜚-]{0,20}$/u), async (line) => {
        const signed = await signNote({ text: `${line}\n`, signer: alice, digest: sha256 });
        expect(await openNote(signed, trust)).toMatchObject({ ok: true, text: `${line}\n` });
      }),
    );
  });
});

describe('signing a note', () => {
  test.each([
    ['note-text-wrong', { text: 'no newline' }],
    ['note-text-wrong', { text: 'a tab\t\n' }],
    ['note-text-wrong', { text: 'a lone surrogate \udc00\n' }],
    ['key-name-wrong', { signer: { ...alice, name: '' } }],
    ['key-name-wrong', { signer: { ...alice, name: 'a b' } }],
    ['key-name-wrong', { signer: { ...alice, name: 'a+b' } }],
    ['key-name-wrong', { signer: { ...alice, name: 'a\ud800' } }],
    ['key-name-wrong', { signer: { ...alice, name: 'a\u0085b' } }],
    ['public-key-length-wrong', { signer: { ...alice, publicKey: new Uint8Array(31) } }],
  ])('throws %s', async (code, change) => {
    const signed = signNote({ text, signer: alice, digest: sha256, ...change });
    await expect(signed).rejects.toMatchObject({ code });
  });
});
