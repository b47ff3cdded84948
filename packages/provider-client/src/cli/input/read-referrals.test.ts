import { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { countReferrals, readReferrals } from './read-referrals.ts';

function terminalOf(lines: AsyncIterable<string>): Terminal {
  return {
    print: () => {},
    complain: () => {},
    paint: (_tone, text) => text,
    draw: null,
    readLines: () => lines,
  };
}

function typed(text: string): Terminal {
  return terminalOf(createInterface({ input: Readable.from([text]), crlfDelay: Infinity }));
}

async function read(text: string): Promise<(readonly [unknown, string])[]> {
  const found: (readonly [unknown, string])[] = [];
  for await (const { value, place } of readReferrals(['-'], typed(text))) found.push([value, place]);
  return found;
}

test.each([
  ['one on one line', '{"a":1}', [[{ a: 1 }, '-']]],
  ['one over several lines', '\n{\n"a":1\n}\n', [[{ a: 1 }, '-']]],
  [
    'an array',
    '[{"a":1},\n{"a":2}]',
    [
      [{ a: 1 }, '-#1'],
      [{ a: 2 }, '-#2'],
    ],
  ],
  [
    'one on each line',
    '{"a":1}\n\n{"a":2}\n',
    [
      [{ a: 1 }, '-:1'],
      [{ a: 2 }, '-:3'],
    ],
  ],
  [
    'a file with a byte order mark and Windows line ends',
    '\uFEFF{"a":1}\r\n{"a":2}\r\n',
    [
      [{ a: 1 }, '-:1'],
      [{ a: 2 }, '-:2'],
    ],
  ],
  ['nothing', '\n', []],
])('%s is read', async (_what, text, expected) => {
  expect(await read(text)).toEqual(expected);
});

test.each([
  ['{"a":1}\n{"a":\n', ':2:'],
  ['{\n "a": x\n}', ':2:7'],
])('what is no JSON is named by its line: %j', async (text, place) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'file-not-json',
    message: expect.stringContaining(place) as string,
  });
});

test('a place in a referral is one in its file', async () => {
  const places: unknown[] = [];
  for await (const given of readReferrals(['-'], typed('{"a":1}\n{"a":1, "b":{"c":2}}'))) {
    places.push(given.locate('/b/c'));
  }
  expect(places).toEqual([
    { line: 1, column: 1 },
    { line: 2, column: 14 },
  ]);
});

test('of ten thousand lines no more is read than somebody has asked for', async () => {
  let read = 0;
  async function* lines(): AsyncGenerator<string> {
    for (; read < 10_000; read += 1) yield await Promise.resolve(`{"a":${read}}`);
  }
  let taken = 0;
  let furthestAhead = 0;
  for await (const _given of readReferrals(['-'], terminalOf(lines()))) {
    taken += 1;
    furthestAhead = Math.max(furthestAhead, read - taken);
  }
  expect(taken).toBe(10_000);
  expect(furthestAhead).toBeLessThanOrEqual(2);
});

test('what comes on the standard input is not counted, for it can be read once', async () => {
  expect(await countReferrals(['-'], typed('{}'))).toBeNull();
});
