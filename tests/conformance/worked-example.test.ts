import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  audienceOf,
  checkReferralRules,
  limits,
  problems,
  refusalMeanings,
  validateBody,
  validateMessage,
  type DeliveryReceipt,
  type Membership,
  type Messages,
  type SubmissionReceipt,
} from '@liaison/contracts';
import { chooseKeyFrom, openDirectory, readJwkSet, type DirectoryIndex } from '@liaison/directory';
import {
  decodeBase64Url,
  hashLeaf,
  openCheckpoint,
  parseVerifierKey,
  verifyConsistency,
  verifyProof,
  verifyReceiptLeaf,
  type LogTrust,
} from '@liaison/ledger';
import { decryptParcel, digestOf, thumbprintOf, verifyMessage, type PrivateJwk } from '@liaison/seal';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFiles } from './example/make-files.ts';
import { readExampleFiles } from './example/read-files.ts';

const files = readExampleFiles();

function read(name: string): string {
  const text = files.get(name);
  if (text === undefined) throw new Error(`the example has no ${name}`);
  return text;
}

function readJson(name: string): unknown {
  return JSON.parse(read(name)) as unknown;
}

function readValid<Name extends keyof Messages>(message: Name, name: string): Messages[Name] {
  const valid = validateMessage(message, readJson(name));
  if (valid.ok) return valid.value;
  throw new Error(`${name}: ${valid.faults.map(({ pointer, code }) => `${pointer} ${code}`).join(', ')}`);
}

const digest = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const member = readValid('membership', '105-provider.membership.json');
const place = readValid('membership', '118-contact-point.membership.json');
const { instance } = member;
const nowMs = Date.parse('2026-11-20T09:31:00.000Z');

let directory: DirectoryIndex;
let log: LogTrust;

async function openLog({ log: { origin, keys } }: Membership): Promise<LogTrust> {
  const key = await parseVerifierKey(keys[0] ?? '', digest);
  if (!key.ok) throw new Error(key.code);
  const verifySignature: LogTrust['verify'] = (publicKey, message, signature) => {
    const x = Buffer.from(publicKey).toString('base64url');
    const own = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, own, signature);
  };
  return { origin, verifierKeys: [key.key], verify: verifySignature };
}

beforeAll(async () => {
  const opened = await openDirectory(read('205-directory.jws.txt'), { instance, anchors: member.anchors });
  if (!opened.ok) throw new Error(opened.code);
  ({ directory } = opened);
  log = await openLog(member);
});

test('every file follows from those before it, to the byte', () => {
  const made = makeFiles(files);
  expect([...made.keys()].toSorted()).toEqual([...files.keys()].toSorted());
  for (const [name, text] of made) expect(`${name} ${text}`).toBe(`${name} ${files.get(name)}`);
});

test('without the files before, the script makes another example that is as whole', () => {
  const made = makeFiles(new Map());
  expect([...made.keys()].toSorted()).toEqual([...files.keys()].toSorted());
  expect(made.get('305-referral.jws.txt')).not.toBe(read('305-referral.jws.txt'));
});

describe('the keys', () => {
  test.each([
    ['101-provider-signing.private-example-only.json', '103-provider-signing.kid.txt'],
    ['111-contact-point-signing.private-example-only.json', '113-contact-point-signing.kid.txt'],
    ['114-contact-point-encryption.private-example-only.json', '116-contact-point-encryption.kid.txt'],
  ])('of %s have their thumbprint as id', (key, kid) => {
    expect(thumbprintOf(readJson(key) as PrivateJwk)).toBe(read(kid));
  });

  test.each([
    ['provider', '104-provider.public-jwks.json', ['103-provider-signing']],
    [
      'lawEnforcement',
      '117-contact-point.public-jwks.json',
      ['113-contact-point-signing', '116-contact-point-encryption'],
    ],
  ] as const)('of a %s are taken at registration', (kind, name, kids) => {
    const set = readJwkSet(readJson(name), { kind, nowMs, requireAll: true });
    expect(set.ok && set.keys.map(({ kid }) => kid)).toEqual(kids.map((kid) => read(`${kid}.kid.txt`)));
  });
});

/** Verifies a message of the example as its reader would. */
async function verified(
  typ: Parameters<typeof verifyMessage>[1]['typ'],
  name: string,
  audience: string,
): Promise<string> {
  const result = await verifyMessage(read(name), {
    typ,
    maxBytes: limits.referralJwsBytes,
    audience: audienceOf(instance, audience),
    chooseKey: chooseKeyFrom(directory, { rule: 'now', nowMs }),
    clock: null,
  });
  if (!result.ok) throw new Error(result.fault.code);
  return result.value.digest;
}

describe('a signed message', () => {
  test.each([
    ['referral', 'referral+jws', 301, 'referral', 'hub'],
    ['referral', 'referral+jws', 311, 'referral-signed-anew', 'hub'],
    ['request', 'request+jws', 321, 'request', 'hub'],
    ['submission-receipt', 'submission-receipt+jws', 407, 'receipt', 'example-chat'],
    ['dispatch', 'dispatch+jws', 601, 'dispatch', 'cp-be'],
    ['delivery-receipt', 'delivery-receipt+jws', 801, 'delivery-receipt', 'hub'],
    ['delivery-receipt', 'delivery-receipt+jws', 813, 'negative-receipt', 'hub'],
    ['feedback', 'feedback+jws', 821, 'feedback', 'hub'],
    ['delivery-receipt', 'delivery-receipt+jws', 851, 'feedback-receipt', 'cp-be'],
  ] as const)('%s (%s, from %i) verifies, follows its schema and has its digest', async (...message) => {
    const [schema, typ, first, name, audience] = message;
    readValid(schema, `${first}-${name}.payload.json`);
    const value = await verified(typ, `${first + 4}-${name}.jws.txt`, audience);
    expect(value).toBe(read(`${first + 5}-${name}.digest.txt`));
  });

  test('signed anew is the same referral', () => {
    expect(read('316-referral-signed-anew.digest.txt')).toBe(read('306-referral.digest.txt'));
    expect(read('315-referral-signed-anew.jws.txt')).not.toBe(read('305-referral.jws.txt'));
  });
});

test('the referral is one that the hub would take', () => {
  const referral = readValid('referral', '301-referral.payload.json');
  const signer = { participantId: 'example-chat', kind: 'provider' } as const;
  expect(checkReferralRules(referral, { nowMs, signer })).toEqual([]);
});

test('the answer to the submission is its signed receipt', () => {
  const answer = validateBody('submission-api#Submission', readJson('413-submission.answer.json'));
  expect(answer.ok && answer.value.receipt).toBe(read('411-receipt.jws.txt'));
});

describe('a parcel', () => {
  async function open(name: string, own: Membership['participantId'], from: string, key: string) {
    const jwk = readJson(`${key}.private-example-only.json`) as PrivateJwk;
    const opened = await decryptParcel(read(name), {
      privateKeys: (kid) => (kid === thumbprintOf(jwk) ? jwk : undefined),
      self: own,
      from,
      maxBytes: limits.parcelBytes,
    });
    if (!opened.ok) throw new Error(opened.fault.code);
    return opened.value;
  }

  test('opens with the key of its addressee and holds the dispatch', async () => {
    const parcel = await open('713-parcel.jwe.txt', 'cp-be', 'hub', '114-contact-point-encryption');
    expect(parcel).toEqual(readJson('701-parcel.plaintext.json'));
    expect(parcel.messages).toEqual([read('605-dispatch.jws.txt')]);
    const receipt: DeliveryReceipt = readValid('delivery-receipt', '801-delivery-receipt.payload.json');
    expect(receipt.parcelDigest).toBe(digestOf(Buffer.from(read('713-parcel.jwe.txt'))));
  });

  test('of feedback opens with the key of the hub', async () => {
    const parcel = await open('843-feedback-parcel.jwe.txt', 'hub', 'cp-be', '130-hub-encryption');
    expect(parcel.messages).toEqual([read('825-feedback.jws.txt')]);
  });
});

describe('the ledger', () => {
  const leaf = Buffer.from(read('405-accepted.leaf.json'));

  test('holds the leaf that the receipt opens', async () => {
    const receipt: SubmissionReceipt = readValid('submission-receipt', '407-receipt.payload.json');
    const opened = await verifyReceiptLeaf({ receipt, origin: log.origin, digest });
    expect(opened.ok && Buffer.from(opened.leaf)).toEqual(leaf);
    expect(Buffer.from(hashLeaf(leaf, digest)).toString('hex')).toBe(read('406-accepted.leaf-hash.hex'));
  });

  test('proves that leaf under its newest checkpoint, and no other', async () => {
    const proof = readJson('907-inclusion-proof.json');
    expect(await verifyProof({ ...log, leaf, proof, digest })).toMatchObject({ ok: true, position: 4 });
    const other = Buffer.from(read('901-log.leaves.txt').split('\n')[3] ?? '');
    expect(await verifyProof({ ...log, leaf: other, proof, digest })).toMatchObject({ ok: false });
  });

  test('begins as the checkpoint in the dispatch says', async () => {
    const { checkpoint } = readValid('dispatch', '601-dispatch.payload.json');
    const older = await openCheckpoint(checkpoint ?? '', log);
    const newer = await openCheckpoint(read('906-checkpoint-7.note.txt'), log);
    if (!older.ok || !newer.ok) throw new Error('a checkpoint does not open');
    const proof = readJson('909-consistency-proof.json') as { from: number; to: number; hashes: string[] };
    const hashes = proof.hashes.map((hash) => decodeBase64Url(hash) ?? new Uint8Array());
    const claim = { oldRoot: older.checkpoint.root, newRoot: newer.checkpoint.root, hashes, digest };
    expect([older.checkpoint.size, newer.checkpoint.size]).toEqual([proof.from, proof.to]);
    expect(await verifyConsistency({ ...claim, from: proof.from, to: proof.to })).toBe(true);
    expect(await verifyConsistency({ ...claim, from: 4, to: proof.to })).toBe(false);
  });
});

describe('the page for outsiders', () => {
  const page = readFileSync(new URL('../../contracts/README.md', import.meta.url), 'utf8');
  const named = (text: string): Set<string> =>
    new Set([...text.matchAll(/`([a-z]+(?:-[a-z]+)*)`/gu)].map(([, code = '']) => code));

  test('names files that are there', () => {
    const numbers = [...page.matchAll(/\[([^\]]*`\d{3}`[^\]]*)\]/gu)].flatMap(([, text = '']) =>
      [...text.matchAll(/\d{3}/gu)].map(([number]) => number),
    );
    expect(numbers.length).toBeGreaterThan(50);
    const there = new Set([...files.keys()].map((name) => name.slice(0, 3)));
    expect(numbers.filter((number) => !there.has(number))).toEqual([]);
  });

  test('names every code of a refusal, and of problems none that does not exist', () => {
    expect(Object.keys(refusalMeanings).filter((code) => !named(page).has(code))).toEqual([]);
    const table = page.slice(page.indexOf('## 16'), page.indexOf('## Worked'));
    const first = table.split('\n').map((line) => line.split('|')[1] ?? '');
    const codes = [...named(first.join('\n'))].filter((code) => code !== 'code');
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => !(code in problems))).toEqual([]);
  });

  test('shows a referral that the hub would take', () => {
    const block = /```json\n(\{\n {2}"schemaVersion".*?)```/su.exec(page)?.[1] ?? '';
    const referral = validateMessage('referral', JSON.parse(block));
    const signer = { participantId: 'example-chat', kind: 'provider' } as const;
    expect(referral.ok && checkReferralRules(referral.value, { nowMs, signer })).toEqual([]);
  });
});

test('a contact point gets its place in the exchange, a provider none', () => {
  expect([member.exchange, place.exchange?.readTopic]).toEqual([null, 'liaison.example.to.cp-be']);
});
