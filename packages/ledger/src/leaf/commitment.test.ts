import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../fixtures/node-crypto.ts';
import { canonicaliseDetails, commitDetails, openCommitment } from './commitment.ts';

const digest = sha256;
const salt = Uint8Array.from({ length: 32 }, (_, index) => index);
const details = '{"payloadDigest":"sha-256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"}';
const commitment = 'sha-256:vej_TQoUerIK7UHJ74Gk2A8xndbS1KKlpX6HuRblQCs';

describe('a commitment', () => {
  test('is the hash of tag, salt and details', async () => {
    expect(await commitDetails({ salt, details, digest })).toBe(commitment);
  });

  test('opens with its salt and details, and gives the details back', async () => {
    expect(await openCommitment({ commitment, salt, details, digest })).toEqual({
      ok: true,
      details: JSON.parse(details) as unknown,
    });
  });

  test.each([
    ['commitment-wrong', { salt: salt.with(31, 0) }],
    ['commitment-wrong', { details: details.replace('47DE', '48DE') }],
    ['commitment-wrong', { details: '{}' }],
    ['commitment-wrong', { commitment: commitment.replace('sha-256:', 'sha-512:') }],
    ['salt-malformed', { salt: salt.slice(1) }],
    ['salt-malformed', { salt: new Uint8Array(33) }],
    ['details-not-canonical', { details: `${details} ` }],
    ['details-not-canonical', { details: '[]' }],
    ['details-not-canonical', { details: '{' }],
  ])('does not open: %s', async (code, change) => {
    expect(await openCommitment({ commitment, salt, details, digest, ...change })).toEqual({
      ok: false,
      code,
    });
  });

  test('of any JSON object opens again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
        const text = canonicaliseDetails(value);
        const made = await commitDetails({ salt, details: text, digest });
        expect(await openCommitment({ commitment: made, salt, details: text, digest })).toEqual({
          ok: true,
          details: JSON.parse(text) as unknown,
        });
      }),
    );
  });

  test.each([
    ['salt-length-wrong', { salt: new Uint8Array(31) }],
    ['details-not-canonical', { details: '{"b":1,"a":2}' }],
  ])('is not made: %s', async (code, change) => {
    await expect(commitDetails({ salt, details, digest, ...change })).rejects.toMatchObject({ code });
  });

  test('is not made of details that JSON cannot hold', () => {
    expect(() => canonicaliseDetails({ number: Number.NaN })).toThrow(
      expect.objectContaining({ code: 'value-not-json' }),
    );
  });
});
