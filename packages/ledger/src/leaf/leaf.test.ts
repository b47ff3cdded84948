import { validateMessage } from '@liaison/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEvent } from '../../fixtures/test-log.ts';
import { decodeLeaf, encodeLeaf } from './leaf.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const event = createEvent(5);
const pinned =
  '{"actorId":"hub","at":"2027-03-01T12:00:00.000Z",' +
  '"commitment":"sha-256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",' +
  '"eventId":"01890a5d-ac96-7000-8000-000000000005",' +
  '"facts":{"codes":["accepted"],"sender":"provider-one"},' +
  '"origin":"liaison.example/test/ledger","subjectId":"01890a5d-ac96-7000-9000-000000000000",' +
  '"type":"referralAccepted","v":1}';

describe('a leaf', () => {
  test('is the RFC 8785 form of the event', () => {
    expect(new TextDecoder().decode(encodeLeaf(event))).toBe(pinned);
    expect(validateMessage('ledger-event', event)).toMatchObject({ ok: true });
  });

  test('comes back as the event', () => {
    expect(decodeLeaf(encode(pinned))).toEqual({ ok: true, event });
  });

  test('of a later minor version is read, with what is new in it', () => {
    const later = pinned.replace('referralAccepted', 'newType').replace('{"codes"', '{"another":1,"codes"');
    expect(decodeLeaf(encode(later))).toMatchObject({ ok: true, event: { type: 'newType' } });
  });

  test.each([
    ['a space', pinned.replace(',', ', ')],
    ['a newline at the end', `${pinned}\n`],
    ['a byte order mark', `\ufeff${pinned}`],
    ['other order', pinned.replace('{"actorId":"hub",', '{').replace('"v":1', '"v":1,"actorId":"hub"')],
    ['a name twice', pinned.replace('"v":1', '"v":1,"v":1')],
    ['a name twice, the first in disguise', pinned.replace('"v":1', '"\\u0076":2,"v":1')],
    ['an escape that is not needed', pinned.replace('hub', '\\u0068ub')],
    ['another form of a number', pinned.replace('"v":1', '"v":1.0')],
    ['an escaped lone surrogate', pinned.replace('hub', '\\ud800')],
    ['something behind', `${pinned}{}`],
    ['an array', `[${pinned}]`],
    ['a string', '"text"'],
    ['null', 'null'],
    ['nothing', ''],
    ['brackets without end', '['.repeat(100_000)],
  ])('is not canonical with %s', (_, text) => {
    expect(decodeLeaf(encode(text))).toEqual({ ok: false, code: 'leaf-not-canonical' });
  });

  test('is not canonical in other bytes than UTF-8', () => {
    const latin = Uint8Array.from(pinned.replace('hub', 'h\u00fcb'), (character) => character.charCodeAt(0));
    expect(decodeLeaf(latin)).toEqual({ ok: false, code: 'leaf-not-canonical' });
  });

  test('of a later major version is not guessed at', () => {
    const later = encode(pinned.replace('"v":1', '"v":2'));
    expect(decodeLeaf(later)).toEqual({ ok: false, code: 'leaf-version-unknown' });
  });

  test.each(Object.keys(event).filter((name) => name !== 'v'))('is malformed without %s', (name) => {
    const { [name as keyof typeof event]: _, ...rest } = event;
    const leaf = encodeLeaf(rest as typeof event);
    expect(decodeLeaf(leaf)).toEqual({ ok: false, code: 'leaf-malformed' });
    expect(validateMessage('ledger-event', rest)).toMatchObject({ ok: false });
  });

  test('has the forms that the schema asks for, member by member', () => {
    const texts = [
      '',
      'hub',
      'Hub',
      'a b',
      'a'.repeat(64),
      'a'.repeat(65),
      '2027.1',
      'liaison.example/x',
      event.at,
    ];
    const given = fc.oneof(
      fc.constantFrom(...texts, event.eventId, event.commitment, 0, true, null, ['hub'], ['Hub'], {}),
      fc.string(),
      fc.constantFrom(...texts).map((text) => text.slice(1)),
    );
    const facts = ['kind', 'sender', 'addressee', 'referralId', 'state', 'codes', 'policyVersion'] as const;
    const members = ['origin', 'eventId', 'at', 'subjectId', 'actorId', 'facts', 'commitment'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...members), fc.constantFrom(...facts), given, (member, fact, value) => {
        for (const changed of [
          { ...event, [member]: value },
          { ...event, facts: { ...event.facts, [fact]: value } },
        ])
          expect(decodeLeaf(encodeLeaf(changed as typeof event)).ok).toBe(
            validateMessage('ledger-event', changed).ok,
          );
      }),
      { numRuns: 1_000 },
    );
  });

  test('is not made of what is not JSON', () => {
    const wrong = createEvent(1, { subjectId: '\ud800' });
    expect(() => encodeLeaf(wrong)).toThrow(expect.objectContaining({ code: 'value-not-json' }));
  });
});
