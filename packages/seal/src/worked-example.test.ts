import { readFileSync } from 'node:fs';
import { calculateJwkThumbprint, compactDecrypt, compactVerify, importJWK, type JWK } from 'jose';
import { describe, expect, test } from 'vitest';

// The worked example of contracts/README.md, read with a library of others alone.
const folder = new URL('../../../contracts/worked-example/', import.meta.url);

function read(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function readKey(name: string): JWK {
  return JSON.parse(read(`${name}.private-example-only.json`)) as JWK;
}

describe('of the worked example', () => {
  test.each([
    ['101-provider-signing', '103-provider-signing'],
    ['111-contact-point-signing', '113-contact-point-signing'],
    ['114-contact-point-encryption', '116-contact-point-encryption'],
    ['121-hub-directory', '123-hub-directory'],
    ['124-hub-receipts', '126-hub-receipts'],
    ['127-hub-dispatches', '129-hub-dispatches'],
    ['130-hub-encryption', '132-hub-encryption'],
  ])('the key %s has the id that jose gives it', async (key, kid) => {
    expect(await calculateJwkThumbprint(readKey(key), 'sha256')).toBe(read(`${kid}.kid.txt`));
  });

  test.each([
    [201, 'directory', '121-hub-directory'],
    [301, 'referral', '101-provider-signing'],
    [311, 'referral-signed-anew', '101-provider-signing'],
    [321, 'request', '101-provider-signing'],
    [407, 'receipt', '124-hub-receipts'],
    [601, 'dispatch', '127-hub-dispatches'],
    [801, 'delivery-receipt', '111-contact-point-signing'],
    [813, 'negative-receipt', '111-contact-point-signing'],
    [821, 'feedback', '111-contact-point-signing'],
    [851, 'feedback-receipt', '127-hub-dispatches'],
  ])('the message from %i on, %s, verifies with jose', async (first, name, signer) => {
    const { d: _private, ...publicKey } = readKey(signer);
    const jws = read(`${first + 4}-${name}.jws.txt`);
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK(publicKey, 'ES256'));
    expect(Buffer.from(payload).toString()).toBe(read(`${first}-${name}.payload.json`));
    expect(protectedHeader).toEqual(JSON.parse(read(`${first + 1}-${name}.header.json`)));
  });

  test.each([
    [701, 'parcel', '114-contact-point-encryption'],
    [831, 'feedback-parcel', '130-hub-encryption'],
  ])('the parcel from %i on, %s, opens with jose', async (first, name, recipient) => {
    const jwe = read(`${first + 12}-${name}.jwe.txt`);
    const key = await importJWK(readKey(recipient), 'ECDH-ES+A256KW');
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, key);
    expect(Buffer.from(plaintext).toString()).toBe(read(`${first}-${name}.plaintext.json`));
    expect(protectedHeader).toEqual(JSON.parse(read(`${first + 2}-${name}.header.json`)));
  });
});
