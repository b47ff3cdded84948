import fc from 'fast-check';
import { expect, test } from 'vitest';

import { assignTopics } from './assign-topics.ts';

const topic = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const claims = fc.uniqueArray(
  fc.record({
    memberId: fc.string({ minLength: 1, maxLength: 4 }),
    topics: fc.uniqueArray(topic),
    owned: fc.uniqueArray(topic),
  }),
  { selector: ({ memberId }) => memberId, minLength: 1, maxLength: 5 },
);

test('every topic that somebody wants goes to exactly one member, who wants it', () => {
  fc.assert(
    fc.property(claims, (members) => {
      const shares = assignTopics(members);
      const given = [...shares.values()].flat();
      expect(given.toSorted()).toEqual([...new Set(members.flatMap(({ topics }) => topics))].toSorted());
      for (const { memberId, topics } of members) {
        expect(topics).toEqual(expect.arrayContaining([...(shares.get(memberId) ?? ['nobody'])]));
      }
    }),
  );
});

test('whoever asks, in whatever order, gets the same share', () => {
  fc.assert(
    fc.property(claims, (members) => {
      expect(assignTopics(members.toReversed())).toEqual(assignTopics(members));
    }),
  );
});

test('what has been shared out and is shared out again moves nothing', () => {
  fc.assert(
    fc.property(claims, (members) => {
      const shares = assignTopics(members);
      const settled = members.map((member) => ({ ...member, owned: shares.get(member.memberId) ?? [] }));
      const again = assignTopics(settled);
      const kept = settled.every(({ memberId, owned }) =>
        // One who wants few topics leaves more than a fair share to others, which may move among them.
        owned.length > Math.ceil([...shares.values()].flat().length / members.length)
          ? true
          : owned.every((name) => again.get(memberId)?.includes(name) === true),
      );
      expect(kept).toBe(true);
    }),
  );
});

test('one who joins takes nothing from the reader of the only topic', () => {
  const topics = ['only'];
  for (const newcomer of ['a', 'z']) {
    const shares = assignTopics([
      { memberId: 'm', topics, owned: topics },
      { memberId: newcomer, topics, owned: [] },
    ]);
    expect(shares.get('m')).toEqual(topics);
  }
});

test('one who joins gets its fair share, and no more topics move than that', () => {
  const topics = ['a', 'b', 'c', 'd'];
  const shares = assignTopics([
    { memberId: 'old', topics, owned: topics },
    { memberId: 'new', topics, owned: [] },
  ]);
  expect(shares.get('old')).toEqual(['a', 'b']);
  expect(shares.get('new')).toEqual(['c', 'd']);
});
