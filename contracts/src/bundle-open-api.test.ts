import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bundleOpenApi, openApiToYaml } from './bundle-open-api.ts';

interface Parameter {
  readonly name: string;
  readonly schema: { readonly pattern?: string; readonly maximum?: number };
}

function parametersOf(path: string): readonly Parameter[] {
  const paths = bundleOpenApi('audit-api')['paths'] as Readonly<
    Record<string, { readonly get: { readonly parameters: readonly Parameter[] } }>
  >;
  return paths[path]?.get.parameters ?? [];
}

describe('a bundled document', () => {
  test('holds the schemas of other files under their titles, without a base of their own', () => {
    const { schemas } = bundleOpenApi('contact-point-api')['components'] as {
      readonly schemas: Readonly<Record<string, object>>;
    };
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(['InboxEntry', 'Referral', 'Dispatch', 'Uuid']),
    );
    for (const schema of Object.values(schemas)) {
      expect(Object.keys(schema)).not.toContain('$id');
      expect(Object.keys(schema)).not.toContain('$defs');
    }
  });

  test('says the same in YAML', () => {
    const document = bundleOpenApi('submission-api');
    expect(parse(openApiToYaml(document))).toEqual(document);
  });

  test('keeps only the operations and tags that are asked for', () => {
    const { tags, paths } = bundleOpenApi('audit-api', { tags: ['log'] });
    expect(tags).toMatchObject([{ name: 'log' }]);
    expect(Object.keys(paths as object).toSorted()).toEqual([
      '/log/checkpoint',
      '/log/consistency-proof',
      '/log/inclusion-proof',
      '/log/keys',
    ]);
  });
});

describe('what fuzzing found', () => {
  test('a leaf hash is documented in its one form: 43 characters may leave two bits over', () => {
    const pattern = parametersOf('/log/inclusion-proof').find(({ name }) => name === 'leafHash')?.schema
      .pattern;
    const documented = new RegExp(pattern ?? '^$');
    for (let count = 0; count < 100; count += 1) {
      expect(createHash('sha256').update(randomBytes(8)).digest('base64url')).toMatch(documented);
    }
    expect('A'.repeat(42) + 'B').not.toMatch(documented);
  });

  test('a size is documented as no larger than a number that JSON carries exactly (RFC 7493, 2.2)', () => {
    const sizes = ['/log/checkpoint', '/log/inclusion-proof', '/log/consistency-proof']
      .flatMap(parametersOf)
      .filter(({ name }) => name !== 'leafHash');
    expect(sizes.map(({ schema }) => schema.maximum)).toEqual(
      Array.from({ length: 4 }, () => Number.MAX_SAFE_INTEGER),
    );
  });
});
