import { faultMeanings, problems, refusalMeanings } from '@liaison/contracts';
import { expect, test } from 'vitest';
import { whatToDo } from './what-to-do.ts';

const codes = [problems, faultMeanings, refusalMeanings].flatMap((table) => Object.keys(table));

test('every code of the contracts has a sentence of what to do', () => {
  expect(codes.length).toBeGreaterThan(70);
  expect(codes.filter((code) => whatToDo(code) === '')).toEqual([]);
});

test.each(codes)('what to do about %s is one short line that ends', (code) => {
  const sentence = whatToDo(code);
  expect(sentence).toMatch(/^[A-Z][^\n]*\.$/);
  expect(sentence.length).toBeLessThanOrEqual(130);
});

test('a code of a later version has none, and is no error', () => {
  expect(whatToDo('code-of-a-later-version')).toBe('');
});
