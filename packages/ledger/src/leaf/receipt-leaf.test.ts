import { describe, expect, test } from 'vitest';
import { sha256 } from '../../fixtures/node-crypto.ts';
import { createEvent, origin } from '../../fixtures/test-log.ts';
import { encodeBase64Url } from '../bytes/base64.ts';
import { canonicaliseDetails, commitDetails } from './commitment.ts';
import { encodeLeaf } from './leaf.ts';
import { openReceiptLeaf, verifyReceiptLeaf } from './receipt-leaf.ts';

const digest = sha256;
const salt = new Uint8Array(32).fill(9);
const payloadDigest = `sha-256:${'B'.repeat(42)}A`;
const details = canonicaliseDetails({ payloadDigest });
const commitment = await commitDetails({ salt, details, digest });

function createReceipt(changes: Parameters<typeof createEvent>[1] = {}) {
  const event = createEvent(1, { commitment, ...changes });
  const ledger = { leaf: encodeBase64Url(encodeLeaf(event)), salt: encodeBase64Url(salt), details };
  return { referralId: event.subjectId, payloadDigest, acceptedAt: event.at, ledger };
}
const receipt = createReceipt();
const { ledger } = receipt;

describe("a receipt's leaf", () => {
  test('gives the event, its bytes and the details that were committed to', async () => {
    const event = createEvent(1, { commitment });
    const opened = { ok: true, leaf: encodeLeaf(event), event, details: { payloadDigest } };
    expect(await openReceiptLeaf(ledger, digest)).toEqual(opened);
    expect(await verifyReceiptLeaf({ receipt, origin, digest })).toEqual(opened);
  });

  test.each([
    ['leaf-malformed', { leaf: `${ledger.leaf}=` }],
    ['leaf-not-canonical', { leaf: encodeBase64Url(new TextEncoder().encode('{ }')) }],
    ['leaf-version-unknown', { leaf: encodeBase64Url(new TextEncoder().encode('{"v":9}')) }],
    ['salt-malformed', { salt: ledger.salt.slice(1) }],
    ['salt-malformed', { salt: '' }],
    ['commitment-wrong', { salt: encodeBase64Url(new Uint8Array(32)) }],
    ['commitment-wrong', { details: canonicaliseDetails({ payloadDigest: `sha-256:${'C'.repeat(43)}` }) }],
    ['details-not-canonical', { details: `${details}\n` }],
  ])('is refused with %s', async (code, change) => {
    const changed = { ...ledger, ...change };
    expect(await openReceiptLeaf(changed, digest)).toEqual({ ok: false, code });
    const whole = { ...receipt, ledger: changed };
    expect(await verifyReceiptLeaf({ receipt: whole, origin, digest })).toEqual({ ok: false, code });
  });

  test('of another log proves nothing in this one', async () => {
    const other = createReceipt({ origin: 'liaison.example/sandbox/ledger' });
    expect(await verifyReceiptLeaf({ receipt: other, origin, digest })).toEqual({
      ok: false,
      code: 'origin-wrong',
    });
  });

  test.each([
    ['referral', { ...receipt, referralId: '01890a5d-ac96-7000-9000-000000000001' }],
    ['payload', { ...receipt, payloadDigest: `sha-256:${'C'.repeat(43)}` }],
    ['time', { ...receipt, acceptedAt: '2027-03-01T12:00:00.001Z' }],
    ['kind of event', createReceipt({ type: 'submissionRefused' })],
  ])('is refused when it is about another %s', async (_, unrelated) => {
    expect(await verifyReceiptLeaf({ receipt: unrelated, origin, digest })).toEqual({
      ok: false,
      code: 'receipt-leaf-unrelated',
    });
  });
});
