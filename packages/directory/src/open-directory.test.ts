import { everyone, type Directory } from '@liaison/contracts';
import { signMessage } from '@liaison/seal';
import { describe, expect, test } from 'vitest';
import {
  at,
  createAnchor,
  createDirectory,
  createKey,
  createParticipant,
  dayMs,
  instance,
  nowMs,
  sign,
  trusting,
} from '../fixtures/create-directory.ts';
import { openDirectory } from './open-directory.ts';

const anchor = createAnchor();
const trust = trusting(anchor);

async function codeOf(jws: string, by = trust): Promise<string> {
  const opened = await openDirectory(jws, by);
  return opened.ok ? 'ok' : opened.code;
}

/** Signs anything as the hub would sign a directory. */
async function signAs(
  payload: object,
  header: { typ?: 'policy+jws'; issuer?: string; audience?: string } = {},
) {
  const { jws } = await signMessage(
    {
      typ: header.typ ?? 'directory+jws',
      issuer: header.issuer ?? 'hub',
      audience: header.audience ?? everyone(instance),
      id: '019a7c3e-5b00-7001-8000-000000000002',
      issuedAtMs: nowMs,
      payload,
    },
    anchor.signingKey,
  );
  return jws;
}

test('a directory signed by an anchor opens, ready for look-ups', async () => {
  const key = createKey();
  const directory = createDirectory({
    participants: [createParticipant('hub', 'hub'), createParticipant('acme', 'provider', { keys: [key] })],
  });
  const opened = await openDirectory(await sign(directory, anchor), trust);
  if (!opened.ok) throw new Error(opened.code);
  expect(opened.directory.document).toEqual(directory);
  expect(opened.directory.key('acme', key.kid)).toEqual(key);
});

test('an expired one opens as well: expiry makes its reader wait, and refuses nothing', async () => {
  const old = createDirectory({ issuedAt: at(nowMs - 400 * dayMs) });
  expect(await codeOf(await sign(old, anchor))).toBe('ok');
});

describe('rotating the key that signs the directory', () => {
  const next = createAnchor();

  test('whoever pins both keys reads the directory before, while and after it changes hands', async () => {
    const both = trusting(anchor, next);
    expect(await codeOf(await sign(createDirectory(), anchor), both)).toBe('ok');
    expect(await codeOf(await sign(createDirectory(), next), both)).toBe('ok');
  });

  test('whoever does not pin the new one does not believe it', async () => {
    expect(await codeOf(await sign(createDirectory(), next))).toBe('key-unknown');
  });

  test('whoever no longer pins the old one no longer believes it', async () => {
    expect(await codeOf(await sign(createDirectory(), anchor), trusting(next))).toBe('key-unknown');
  });
});

describe('no directory is', () => {
  test('one in which a single participant was changed after it was signed', async () => {
    const jws = await sign(createDirectory(), anchor);
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const changed = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Directory;
    const forged = { ...changed, participants: [createParticipant('hub', 'hub', { name: 'other' })] };
    const text = Buffer.from(JSON.stringify(forged)).toString('base64url');
    expect(await codeOf(`${header}.${text}.${signature}`)).toBe('signature-invalid');
  });

  test('one signed by another key under the name of an anchor', async () => {
    const jws = await sign(createDirectory(), createAnchor());
    const [header = '', ...rest] = jws.split('.');
    const named = {
      ...(JSON.parse(Buffer.from(header, 'base64url').toString()) as object),
      kid: anchor.signingKey.kid,
    };
    const forged = [Buffer.from(JSON.stringify(named)).toString('base64url'), ...rest].join('.');
    expect(await codeOf(forged)).toBe('signature-invalid');
  });

  test.each([
    ['a policy of the same hub', { typ: 'policy+jws' }, 'typ-wrong'],
    ['one of another installation', { audience: everyone('production') }, 'audience-wrong'],
    ['one for a single participant', { audience: `liaison:${instance}:acme` }, 'audience-wrong'],
    ['one by somebody who is not its hub', { issuer: 'acme' }, 'instance-wrong'],
  ] as const)('%s', async (_what, header, code) => {
    expect(await codeOf(await signAs(createDirectory(), header))).toBe(code);
  });

  test('one that names another installation inside than outside', async () => {
    expect(await codeOf(await signAs(createDirectory({ instance: 'production' })))).toBe('instance-wrong');
  });

  test.each([
    ['without its log', { log: undefined }],
    ['with a time that is not in UTC', { issuedAt: '2026-03-02T13:00:00.000+01:00' }],
    ['of nobody', { participants: [] }],
    ['with an unknown major version', { schemaVersion: '2.0' }],
  ])('one %s', async (_what, changes) => {
    expect(await codeOf(await signAs({ ...createDirectory(), ...changes }))).toBe('schema-invalid');
  });

  test.each([
    ['', 'part-count-wrong'],
    ['{}', 'part-count-wrong'],
    ['a.b.c', 'base64url-not-canonical'],
  ])('%j', async (text, code) => {
    expect(await codeOf(text)).toBe(code);
  });
});

test('members that a later minor version adds are left aside', async () => {
  const participants = [{ ...createParticipant('hub', 'hub'), motto: 'new' }];
  expect(await codeOf(await signAs({ ...createDirectory(), participants, region: 'new' }))).toBe('ok');
});
