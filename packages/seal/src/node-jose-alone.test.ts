import jose from 'node-jose';
import { describe, expect, it } from 'vitest';
import type { Attack } from '../fixtures/fixture.ts';
import { readAttacks, readKeys } from '../fixtures/read-fixtures.ts';

const keys = readKeys();
const attacks = new Map(readAttacks());

/** Asks node-jose as carefully as it can be asked: the one right key, pinned algorithms. */
async function acceptsAlone(attack: Attack): Promise<boolean> {
  const [participant, use] = attack.kind === 'jws' ? ['acme-video', 'sig'] : ['police-fr', 'enc'];
  const listed = keys.directory.find((key) => key.participant === participant && key.use === use);
  const jwk = keys.privateKeys[listed?.kid ?? ''];
  if (jwk === undefined) throw new TypeError('no fixture key');
  const key = await jose.JWK.asKey(jwk);
  try {
    if (attack.kind === 'jws') {
      await jose.JWS.createVerify(key, { algorithms: ['ES256'] }).verify(attack.input);
    } else {
      const algorithms = ['ECDH-ES+A256KW', 'A256GCM'];
      await jose.JWE.createDecrypt(key, { algorithms }).decrypt(attack.input);
    }
    return true;
  } catch {
    return false;
  }
}

describe('node-jose without the gate', () => {
  it.each([
    'fourth-part',
    'jwe-as-jws',
    'parcel-sixth-part',
    'padding-header',
    'padding-signature',
    'space-in-payload',
    'newline-at-end',
    'newline-in-header',
    'standard-alphabet',
    'stray-bits-header',
    'stray-bits-signature',
    'parcel-stray-bits-tag',
    'signature-too-long',
    'empty-payload',
    'duplicate-in-header',
    'aud-second',
    'parcel-duplicate-in-header',
    'utf8-invalid-in-header',
    'prototype-in-header',
    'b64-false',
    'crit-empty',
    'header-cty',
    'kid-missing',
    'typ-request-as-referral',
    'parcel-embedded-jwk',
    'parcel-kid-unknown',
    'parcel-zip',
  ])('accepts %s, so the gate stays', async (name) => {
    const attack = attacks.get(name);
    expect(attack).toBeDefined();
    expect(attack !== undefined && (await acceptsAlone(attack))).toBe(true);
  });

  it.each([
    'alg-none-unsigned',
    'alg-hs256-jwk',
    'crit-unknown',
    'signature-zero',
    'parcel-epk-not-on-curve',
  ])('refuses %s by itself', async (name) => {
    const attack = attacks.get(name);
    expect(attack).toBeDefined();
    expect(attack !== undefined && (await acceptsAlone(attack))).toBe(false);
  });
});
