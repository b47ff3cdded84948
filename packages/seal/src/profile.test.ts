import { jwsTypes, readSchemas } from '@liaison/contracts';
import { describe, expect, it } from 'vitest';
import { generateKeyPair, thumbprintOf } from './index.ts';
import { jwsRules } from './jws-header.ts';
import { patterns } from './patterns.ts';

/** As much of a JSON Schema as these tests read. */
interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly oneOf?: readonly Schema[];
}

function schemaOf(name: string): Schema {
  const schema: unknown = readSchemas().get(name);
  if (typeof schema !== 'object' || schema === null) throw new TypeError(`no schema ${name}`);
  return schema;
}

/** Top-level members, of every variant. */
function membersOf(schema: Schema): readonly string[] {
  return [...Object.keys(schema.properties ?? {}), ...(schema.oneOf ?? []).flatMap(membersOf)];
}

describe('the profile', () => {
  it.each(Object.entries(patterns))('has the form of %s that the contracts have', (name, pattern) => {
    expect(schemaOf('definitions.v1')).toMatchObject({ $defs: { [name]: { pattern: pattern.source } } });
  });

  it.each(jwsTypes)('repeats no header member in the payload of %s', (typ) => {
    const name = typ.replace('+jws', '').replace('policy', 'routing-policy');
    const members = membersOf(schemaOf(`${name}.v1`));
    expect(members.length).toBeGreaterThan(0);
    expect(members.filter((member) => jwsRules(jwsTypes).some((rule) => rule.name === member))).toStrictEqual(
      [],
    );
  });

  it('makes the same id of a key whatever else stands with it and in whatever order', () => {
    const { publicJwk, privateJwk, kid } = generateKeyPair();
    expect(thumbprintOf({ ...privateJwk, use: 'sig' } as typeof publicJwk)).toBe(kid);
    expect(thumbprintOf({ y: publicJwk.y, x: publicJwk.x, crv: 'P-256', kty: 'EC' })).toBe(kid);
  });
});
