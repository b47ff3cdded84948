import { readJws } from '@liaison/seal';
import { expect, test } from 'vitest';
import { createAnchor, createDirectory, instance, nowMs, sign } from '../fixtures/create-directory.ts';

test('a directory is signed by the hub for everyone of its installation, and holds nothing that the header says', async () => {
  const anchor = createAnchor();
  const directory = createDirectory({ sequence: 7 });
  const read = readJws(await sign(directory, anchor), { typ: 'directory+jws', maxBytes: 10_000 });
  expect(read).toMatchObject({
    ok: true,
    value: {
      header: {
        alg: 'ES256',
        typ: 'directory+jws',
        kid: anchor.signingKey.kid,
        iss: 'hub',
        aud: `liaison:${instance}:everyone`,
        iat: nowMs / 1000,
        jti: '019a7c3e-5b00-7001-8000-000000000001',
      },
      payload: directory,
    },
  });
});

test('a key under a name that is not its thumbprint signs nothing', async () => {
  const { publicJwk, signingKey } = createAnchor();
  const misnamed = { publicJwk, signingKey: { ...signingKey, kid: createAnchor().signingKey.kid } };
  await expect(sign(createDirectory(), misnamed)).rejects.toMatchObject({ code: 'kid-not-thumbprint' });
});
