import { createHmac } from 'node:crypto';

import { expect, test } from 'vitest';

import { scramVerifier } from './scram-verifier.ts';

test('the verifier of the exchange in RFC 7677 yields its server signature', () => {
  // RFC 7677, section 3: user "user", password "pencil".
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  const verifier = scramVerifier('pencil', salt);
  expect(verifier).toMatch(/^SCRAM-SHA-256\$4096:W22ZaJ0SNY7soEsUEjb6gQ==\$[\w+/]{43}=:[\w+/]{43}=$/u);
  const serverKey = Buffer.from(verifier.split(':').at(-1) ?? '', 'base64');
  const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
  const serverFirst = `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`;
  const message = `n=user,r=rOprNGfwEbeRWgbNEkqO,${serverFirst},c=biws,r=${nonce}`;
  expect(createHmac('sha256', serverKey).update(message).digest('base64')).toBe(
    '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  );
});

test.each(['', 'pässword', 'tab\t', 'nul\0'])(
  'a password that would need SASLprep is refused: %j',
  (password) => {
    expect(() => scramVerifier(password, Buffer.alloc(16))).toThrow(
      expect.objectContaining({ code: 'password-unusable' }) as Error,
    );
  },
);
