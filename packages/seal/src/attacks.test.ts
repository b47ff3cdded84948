import { describe, expect, it } from 'vitest';
import type { Attack, Valid } from '../fixtures/fixture.ts';
import {
  privateKeysOf,
  readAttacks,
  readKeys,
  readValid,
  verifyOptionsOf,
} from '../fixtures/read-fixtures.ts';
import { decryptParcel, type Sealed, sealMeanings, verifyMessage } from './index.ts';

const keys = readKeys();
const attacks = readAttacks();

function judge(message: Attack | Valid, input: string | Uint8Array): Promise<Sealed<unknown>> {
  return message.kind === 'jws'
    ? verifyMessage(input, verifyOptionsOf(keys, message.context))
    : decryptParcel(input, { ...message.context, privateKeys: privateKeysOf(keys, message.context) });
}

describe('a valid message', () => {
  it.each(readValid())('%s is accepted', async (_, message) => {
    expect(await judge(message, message.input)).toMatchObject({ ok: true, value: message.expect });
    expect(await judge(message, Buffer.from(message.input))).toMatchObject({
      ok: true,
      value: message.expect,
    });
  });
});

describe('an attack', () => {
  it.each(attacks)('%s is refused for the right reason', async (name, attack) => {
    const refused = { ok: false, fault: attack.expect };
    expect(name).toBe(attack.name);
    expect(await judge(attack, attack.input)).toStrictEqual(refused);
    expect(await judge(attack, Buffer.from(attack.input))).toStrictEqual(refused);
  });

  it('exists for every code with which a message can be refused', () => {
    const tried = new Set<string>(attacks.map(([, attack]) => attack.expect.code));
    const untried = Object.keys(sealMeanings).filter((code) => !tried.has(code));
    // Not a refusal of a message: it stops the caller from sealing.
    expect(untried).toStrictEqual(['kid-not-thumbprint']);
  });
});
