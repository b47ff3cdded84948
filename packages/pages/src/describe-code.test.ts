import { readFileSync, readdirSync } from 'node:fs';
import {
  faultMeanings,
  problems,
  readOpenApi,
  readSchemas,
  refusalMeanings,
  type SchemaDocument,
} from '@liaison/contracts';
import { describe, expect, it } from 'vitest';
import { codeGroups, codesOf, describeCode, type CodeGroup } from './describe-code.ts';
import { groupOfEnum } from '../test/group-of-enum.ts';
import { locales } from './locale.ts';

interface FoundEnum {
  /** Document and place in it, by the names of members and definitions. */
  readonly place: string;
  readonly codes: readonly string[];
}

/** Words of JSON Schema that only lead on to members, or repeat what is listed elsewhere. */
const steps = new Set([
  'properties',
  'items',
  '$defs',
  'components',
  'schemas',
  'schema',
  'content',
  'get',
  'post',
]);
const repeats = new Set(['if', 'then', 'not', 'example', 'examples', 'default']);

function codesIn(node: SchemaDocument): string[] {
  const listed = Array.isArray(node['enum']) ? node['enum'] : [node['const']];
  return listed.filter((code) => typeof code === 'string');
}

function findEnums(node: unknown, place: string): FoundEnum[] {
  if (Array.isArray(node)) return node.flatMap((entry) => findEnums(entry, place));
  if (typeof node !== 'object' || node === null) return [];
  const codes = codesIn(node as SchemaDocument);
  return [
    ...(codes.length === 0 ? [] : [{ place, codes }]),
    ...Object.entries(node).flatMap(([key, value]) => {
      if (repeats.has(key)) return [];
      return findEnums(value, steps.has(key) || key.endsWith('Of') ? place : `${place}.${key}`);
    }),
  ];
}

const apis = ['submission-api', 'contact-point-api', 'audit-api'];
const enums = [
  ...[...readSchemas()].flatMap(([name, schema]) => findEnums(schema, name)),
  ...apis.flatMap((name) => findEnums(readOpenApi(name), name)),
];

function expectWords(group: CodeGroup, codes: readonly string[]): void {
  expect(codes.filter((code) => !codesOf(group).includes(code))).toEqual([]);
}

describe('codes of the contracts', () => {
  it('are found, so that nothing below is true of nothing', () => {
    expect(enums.length).toBeGreaterThan(60);
  });

  it.each(enums)('$place: each has its word, unless no page shows them', ({ place, codes }) => {
    const group = groupOfEnum(place);
    expect(group).toBeDefined();
    if (group !== undefined && group !== null) expectWords(group, codes);
  });

  it('of problems, faults and refusals have a word each', () => {
    expectWords('problem', Object.keys(problems));
    expectWords('fault', Object.keys(faultMeanings));
    expectWords('refusal', Object.keys(refusalMeanings));
    expectWords(
      'eventCode',
      [problems, faultMeanings, refusalMeanings].flatMap((codes) => Object.keys(codes)),
    );
  });
});

describe('codes that no contract lists', () => {
  const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  // Names of members stand in types only.
  const literals = (text: string): string[] =>
    [
      ...text
        .replaceAll(/'\w+'(?=>|\])|'\w+'(?= \| '\w+'>)/g, '')
        .matchAll(/'([a-z]+(?:[A-Z0-9][a-z0-9]*)+)'/g),
    ].flatMap(([, code]) => code ?? []);

  it('of alarms have a word each', () => {
    const union = /type AlarmCode =([^;]+);/.exec(read('services/router/src/store/alarms.ts'))?.[1] ?? '';
    expect(literals(union).length).toBeGreaterThan(10);
    expectWords('alarm', literals(union));
  });

  it('of the jurisdiction’s sources have a word each in some group', () => {
    const folder = 'packages/jurisdiction/src';
    const files = readdirSync(new URL(`../../../${folder}`, import.meta.url)).filter(
      (name) => !name.endsWith('.test.ts'),
    );
    const known = new Set(codeGroups.flatMap((group) => codesOf(group)));
    const found = new Set(files.flatMap((name) => literals(read(`${folder}/${name}`))));
    expect(found.size).toBeGreaterThan(50);
    expect([...found].filter((code) => !known.has(code))).toEqual([]);
  });
});

describe('the words', () => {
  const all = locales.flatMap((locale) =>
    codeGroups.flatMap((group) =>
      codesOf(group).map((code) => ({ locale, group, code, text: describeCode(locale, group, code) })),
    ),
  );

  it('are words and not codes', () => {
    const names = new Set(['H0', 'H1', 'H2', 'H3']);
    const same = all.filter(({ code, text }) => text === '' || (text === code && !names.has(code)));
    expect(same).toEqual([]);
  });

  it('begin with a capital letter or a figure', () => {
    expect(all.filter(({ text }) => !/^[\p{Lu}\d]/u.test(text))).toEqual([]);
  });

  it('never call anybody suspect, nor the crime by the name that belittles it', () => {
    expect(all.filter(({ text }) => /suspect|soupçonn|pornograph/i.test(text))).toEqual([]);
  });

  it('keep the punctuation of French to its word', () => {
    const french = all.filter(({ locale }) => locale === 'fr');
    expect(french.filter(({ text }) => / [:;?!»]|'/.test(text))).toEqual([]);
    expect(describeCode('fr', 'handlingCode', 'H0')).toContain('H0\u00a0: ');
  });
});

describe('a code that this version does not know', () => {
  it.each(['newCode', 'toString', '__proto__', ''])('%j is shown as it is', (code) => {
    expect(describeCode('en', 'rule', code)).toBe(code);
  });
});
