import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dataClasses, problems } from './codes.ts';
import { readOpenApi, readSchemas, schemaId } from './schema-files.ts';

function* membersOf(node: unknown, path: string): Generator<{ path: string; member: unknown }> {
  if (Array.isArray(node)) {
    for (const [index, entry] of node.entries()) yield* membersOf(entry, `${path}/${index}`);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    const isCondition = name === 'if' || name === 'then' || name === 'allOf' || name === 'not';
    if (isCondition) continue;
    if (name === 'properties' && typeof value === 'object' && value !== null) {
      for (const [member, schema] of Object.entries(value as Record<string, unknown>))
        yield { path: `${path}/${member}`, member: schema };
    }
    yield* membersOf(value, `${path}/${name}`);
  }
}

function* refsOf(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === '$ref' && typeof value === 'string') yield value;
    else yield* refsOf(value);
  }
}

describe.each([...readSchemas()])('%s', (name, schema) => {
  test('stands at the address that its $id says', () => {
    expect(schema['$id']).toBe(schemaId(name));
  });

  test('gives every member a data class', () => {
    const members = [...membersOf(schema, '')];
    expect(members.length).toBeGreaterThan(0);
    const classless = members.filter(({ member }) => {
      const dataClass: unknown = (member as Record<string, unknown>)['x-data-class'];
      return typeof dataClass !== 'string' || !(dataClass in dataClasses);
    });
    expect(classless.map(({ path }) => path)).toEqual([]);
  });

  test('closes every object', () => {
    const open = [...membersOf(schema, '')]
      .map(({ path, member }) => ({ path, member: member as Record<string, unknown> }))
      .filter(({ member }) => member['type'] === 'object' && member['additionalProperties'] !== false);
    expect(open.map(({ path }) => path)).toEqual([]);
  });
});

describe.each(readdirSync(new URL('../openapi/', import.meta.url)))('%s', (file) => {
  const document = readOpenApi(file.replace(/\.v1\.yaml$/, ''));

  test('refers only to schemas that exist', () => {
    const known = readSchemas();
    const outside = [...refsOf(document)].filter((ref) => ref.startsWith('../schemas/'));
    const dangling = outside.filter((ref) => {
      const [path = '', fragment] = ref.split('#/$defs/');
      const schema = known.get(path.replace('../schemas/', '').replace('.json', ''));
      const definitions = schema?.['$defs'] as Record<string, unknown> | undefined;
      return schema === undefined || (fragment !== undefined && definitions?.[fragment] === undefined);
    });
    expect(outside.length).toBeGreaterThan(0);
    expect(dangling).toEqual([]);
  });
});

test('every problem has a status that says whose fault it is', () => {
  for (const { status, title } of Object.values(problems)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).not.toBe('');
  }
});
