import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBounded } from './read-bounded.ts';
import { readRetryAfter } from './read-retry-after.ts';
import { createTransport, type Fetch } from './transport.ts';

const nowMs = Date.parse('2026-11-22T00:00:00Z');
const url = 'http://hub.example/v1/directory';

function transportOf(fetch: Fetch) {
  return createTransport({ fetch, clock: { nowMs: () => nowMs }, timeoutMs: 60_000 });
}

describe('Retry-After', () => {
  test('as seconds or as a date is milliseconds from now', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seconds) => {
        expect(readRetryAfter(String(seconds), nowMs)).toBe(seconds * 1000);
        expect(readRetryAfter(new Date(nowMs + seconds * 1000).toUTCString(), nowMs)).toBe(seconds * 1000);
      }),
    );
  });

  test.each([[null], ['soon'], ['-1'], ['1.5e3x'], ['']])('that says nothing is nothing: %s', (value) => {
    expect(readRetryAfter(value, nowMs)).toBeNull();
  });

  test('that has passed is now', () => {
    expect(readRetryAfter('Sat, 21 Nov 2026 00:00:00 GMT', nowMs)).toBe(0);
  });
});

describe('a body', () => {
  test('with more bytes than allowed is not read to its end', async () => {
    await expect(readBounded(new Response('ééé'), 5)).rejects.toThrow(RangeError);
    expect(await readBounded(new Response('ééé'), 6)).toBe('ééé');
  });

  test('that is not UTF-8 is no answer', async () => {
    const transport = transportOf(() => Promise.resolve(new Response(Uint8Array.of(0xff))));
    expect(await transport.send({ method: 'GET', url })).toMatchObject({ kind: 'unreachable' });
  });
});

test('what the network says is told by its innermost code', async () => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const transport = transportOf(() => Promise.reject(new TypeError('fetch failed', { cause })));
  expect(await transport.send({ method: 'GET', url })).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED' });
});

test('a redirect is not followed, so that no token goes elsewhere', async () => {
  const asked: (RequestInit | undefined)[] = [];
  const transport = transportOf((_input, init) => {
    asked.push(init);
    return Promise.resolve(new Response(null, { status: 302 }));
  });
  expect(await transport.send({ method: 'GET', url })).toMatchObject({ kind: 'answered', status: 302 });
  expect(asked).toMatchObject([{ redirect: 'manual' }]);
});

test('the difference of clocks is taken from the answer', async () => {
  const headers = { Date: new Date(nowMs + 90_000).toUTCString() };
  const transport = transportOf(() => Promise.resolve(new Response('x', { headers })));
  expect(await transport.send({ method: 'GET', url })).toMatchObject({ clockOffsetMs: 90_000 });
});
