import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256, toHex } from '../../fixtures/node-crypto.ts';
import vectors from '../../fixtures/signed-notes.json' with { type: 'json' };
import { formatVerifierKey, parseVerifierKey } from './verifier-key.ts';

const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';

describe('a verifier key', () => {
  test.each(vectors)(
    'published by others is read and written alike: $verifierKey',
    async ({ verifierKey }) => {
      const parsed = await parseVerifierKey(verifierKey, sha256);
      expect(parsed).toMatchObject({ ok: true });
      const key = parsed.ok ? parsed.key : undefined;
      const { name = '', publicKey = new Uint8Array(0), keyHash = publicKey } = key ?? {};
      expect(await formatVerifierKey({ name, publicKey, digest: sha256 })).toBe(verifierKey);
      expect(verifierKey.startsWith(`${name}+${toHex(keyHash)}+`)).toBe(true);
    },
  );

  test('comes back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[a-zé./-]{1,20}$/),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        async (name, bytes) => {
          const publicKey = new Uint8Array(bytes);
          const text = await formatVerifierKey({ name, publicKey, digest: sha256 });
          const parsed = await parseVerifierKey(text, sha256);
          expect(parsed).toMatchObject({ ok: true, key: { name, publicKey } });
        },
      ),
    );
  });

  test.each([
    ['verifier-key-hash-wrong', peter.replace('c74f20a3', 'c74f20a4')],
    ['verifier-key-hash-wrong', peter.replace('Peter', 'Petra')],
    ['verifier-key-hash-wrong', peter.replace('0TW', '0TX')],
    ['verifier-key-type-unknown', peter.replace('+AR', '+BB')],
    ['verifier-key-malformed', peter.replace('c74f20a3', 'C74F20A3')],
    ['verifier-key-malformed', peter.slice(0, -1)],
    ['verifier-key-malformed', peter.slice(0, -4)],
    ['verifier-key-malformed', peter.replace('PeterNeumann', '')],
    ['verifier-key-malformed', peter.replace('Neumann', ' Neumann')],
    ['verifier-key-malformed', `${peter}\n`],
    ['verifier-key-malformed', 'PeterNeumann+c74f20a3+'],
    ['verifier-key-malformed', ''],
  ])('is refused with %s: %j', async (code, text) => {
    expect(await parseVerifierKey(text, sha256)).toEqual({ ok: false, code });
  });
});
