import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkHistory } from './check-history.ts';
import type { History, SignedAnswer, ViolationCode } from './history.ts';

const referral = (number: number): string => `referral-${number}`;
const holders = ['cp-be', 'cp-fr', 'europol'] as const;

/** A history in which all is well: three referrals, of which the second is urgent and answered thrice. */
function goodHistory(): History {
  const numbers = [1, 2, 3];
  const dispatches = numbers.flatMap((number) =>
    ['cp-be', 'europol'].map((addresseeId) => ({
      id: `dispatch-${number}-${addresseeId}`,
      referralId: referral(number),
      addresseeId,
      sequence: 1,
      digest: `sha-256:dispatch-${number}-${addresseeId}`,
      state: 'receipted',
      answer: number === 2 && addresseeId === 'cp-be' ? 'closed' : null,
      answerSequence: number === 2 && addresseeId === 'cp-be' ? 3 : 0,
    })),
  );
  const answers: SignedAnswer[] = [
    { kind: 'acknowledged', effect: 'acknowledged' as const },
    { kind: 'informationRequested', effect: null },
    { kind: 'outcome', effect: 'closed' as const },
  ].map((answer, index) => ({
    ...answer,
    feedbackId: `feedback-${index}`,
    dispatchId: 'dispatch-2-cp-be',
    sequence: index + 1,
    digest: `sha-256:feedback-${index}`,
  }));
  const events = [
    ...numbers.map((number) => ['referralAccepted', referral(number)]),
    ...dispatches.flatMap(({ id }) => [
      ['dispatchSealed', id],
      ['dispatchReceipted', id],
    ]),
    ...answers.map(({ feedbackId }) => ['feedbackReceived', feedbackId]),
  ];
  return {
    submissions: [
      ...numbers.map((number) => ({
        senderId: 'example-chat',
        reference: `R-${number}`,
        digest: `sha-256:${number}`,
        answer: { kind: 'accepted' as const, referralId: referral(number), leaf: `leaf-${number - 1}` },
        addressees: ['cp-be', 'europol'],
      })),
      {
        senderId: 'example-chat',
        reference: 'R-4',
        digest: 'sha-256:4',
        answer: { kind: 'refused' },
        addressees: null,
      },
    ],
    hub: {
      referrals: numbers.map((number) => ({
        id: referral(number),
        senderId: 'example-chat',
        reference: `R-${number}`,
        digest: `sha-256:${number}`,
      })),
      dispatches,
      feedback: answers.map(({ effect: _effect, ...rest }) => rest),
    },
    contactPoints: holders.map((id) => {
      const own = dispatches.filter(({ addresseeId }) => addresseeId === id);
      return {
        id,
        dispatches: own.map((one) => ({
          id: one.id,
          referralId: one.referralId,
          sequence: one.sequence,
          digest: one.digest,
        })),
        receipted: own.map((one) => ({ dispatchId: one.id, digest: one.digest, outcome: 'accepted' })),
        answers: id === 'cp-be' ? answers : [],
      };
    }),
    ledger: {
      verifies: true,
      size: events.length,
      leaves: events.map(([type = '', subjectId = ''], position) => ({
        position,
        leaf: `leaf-${position}`,
        type,
        subjectId,
      })),
      roots: { 3: 'root-3', 9: 'root-9' },
      checkpointsSeen: [
        { size: 3, root: 'root-3' },
        { size: 9, root: 'root-9' },
      ],
    },
  };
}

type Forge = (history: Mutable<History>) => void;
type Mutable<Value> = Value extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> }
    : Value;

function forge(change: Forge): History {
  const history = structuredClone(goodHistory()) as Mutable<History>;
  change(history);
  return history;
}

function codesOf(history: History): ViolationCode[] {
  return [...new Set(checkHistory(history).map(({ code }) => code))];
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items.at(index);
  if (item === undefined) throw new RangeError('no such item');
  return item;
}

test('a history in which all is well breaks no promise', () => {
  expect(checkHistory(goodHistory())).toEqual([]);
});

test('what a sender never heard of may have been accepted, or not', () => {
  const history = forge(({ submissions }) => {
    at(submissions, 0).answer = { kind: 'none' };
    submissions.push({
      ...at(submissions, 1),
      reference: 'R-5',
      digest: 'sha-256:5',
      answer: { kind: 'none' },
    });
  });
  expect(checkHistory(history)).toEqual([]);
});

const forgeries: readonly (readonly [string, ViolationCode, Forge])[] = [
  ['an accepted referral is gone', 'accepted-lost', ({ hub }) => void hub.referrals.shift()],
  [
    'another payload was kept than was accepted',
    'accepted-otherwise',
    ({ hub }) => void (at(hub.referrals, 0).digest = 'sha-256:other'),
  ],
  [
    'what was refused was taken',
    'refused-taken',
    ({ hub }) =>
      void hub.referrals.push({ id: 'r4', senderId: 'example-chat', reference: 'R-4', digest: 'sha-256:4' }),
  ],
  ['an addressee was left out', 'addressee-missed', ({ hub }) => void hub.dispatches.pop()],
  [
    'a dispatch never arrived',
    'addressee-missed',
    ({ contactPoints }) => void at(contactPoints, 0).dispatches.shift(),
  ],
  [
    'somebody got what was not for him',
    'addressee-uninvited',
    ({ hub }) => void (at(hub.dispatches, 0).addresseeId = 'cp-fr'),
  ],
  [
    'a dispatch had its effect twice',
    'delivered-twice',
    ({ contactPoints }) => {
      const { dispatches } = at(contactPoints, 0);
      dispatches.push({ ...at(dispatches, 0), sequence: 2 });
    },
  ],
  [
    'a referral arrived twice, under two ids',
    'unaccepted-arrived',
    ({ contactPoints }) => {
      const { dispatches } = at(contactPoints, 0);
      dispatches.push({ ...at(dispatches, 0), id: 'dispatch-forged', sequence: 2 });
    },
  ],
  [
    'a dispatch lies with another authority',
    'unaccepted-arrived',
    ({ contactPoints }) => void at(contactPoints, 1).dispatches.push(at(at(contactPoints, 0).dispatches, 0)),
  ],
  [
    'sequences have a gap',
    'sequence-gap',
    ({ contactPoints }) => void (at(at(contactPoints, 0).dispatches, 0).sequence = 2),
  ],
  [
    'an earlier answer undid a later one',
    'sequence-undone',
    ({ hub }) => void (at(hub.dispatches, 2).answer = 'acknowledged'),
  ],
  ['an answer was lost', 'answer-lost', ({ hub }) => void hub.feedback.shift()],
  [
    'an answer had its effect twice',
    'answer-doubled',
    ({ hub }) => void hub.feedback.push(at(hub.feedback, 0)),
  ],
  [
    'an answer that nobody gave was taken',
    'answer-invented',
    ({ contactPoints }) => void at(contactPoints, 0).answers.pop(),
  ],
  [
    'an answer was taken for another',
    'answer-invented',
    ({ hub }) => void (at(hub.feedback, 1).kind = 'declined'),
  ],
  [
    'a receipt is for other bytes',
    'receipt-differs',
    ({ contactPoints }) => void (at(at(contactPoints, 0).receipted, 0).digest = 'sha-256:other'),
  ],
  [
    'an authority has other bytes than were sent',
    'receipt-differs',
    ({ contactPoints }) => void (at(at(contactPoints, 0).dispatches, 0).digest = 'sha-256:other'),
  ],
  [
    'the hub counts as receipted what nobody receipted',
    'receipt-missing',
    ({ contactPoints }) => void at(contactPoints, 0).receipted.shift(),
  ],
  [
    'the hub does not know of a receipt',
    'receipt-missing',
    ({ hub }) => void (at(hub.dispatches, 0).state = 'sent'),
  ],
  ['the ledger does not verify', 'ledger-unverified', ({ ledger }) => void (ledger.verifies = false)],
  ['the ledger has a gap', 'ledger-gap', ({ ledger }) => void ledger.leaves.splice(4, 1)],
  ['a position stands twice', 'ledger-gap', ({ ledger }) => void (at(ledger.leaves, 4).position = 3)],
  [
    'somebody saw another ledger',
    'ledger-forked',
    ({ ledger }) => void (at(ledger.checkpointsSeen, 0).root = 'root-other'),
  ],
  [
    'the ledger was cut back',
    'ledger-forked',
    ({ ledger }) => void ledger.checkpointsSeen.push({ size: 99, root: 'root-99' }),
  ],
  [
    'an effect is not in the ledger',
    'event-missing',
    ({ ledger }) => void (at(ledger.leaves, 5).subjectId = 'elsewhere'),
  ],
  [
    'a sender’s proof is of nothing',
    'event-missing',
    ({ ledger }) => void (at(ledger.leaves, 0).leaf = 'leaf-other'),
  ],
  [
    'the ledger tells an effect twice',
    'event-doubled',
    ({ ledger }) => {
      ledger.leaves.push({ ...at(ledger.leaves, 3), position: ledger.size, leaf: 'leaf-again' });
      ledger.size += 1;
    },
  ],
];

describe('a forged history is caught', () => {
  test.each(forgeries)('%s: %s', (_, code, change) => {
    expect(codesOf(forge(change))).toContain(code);
  });
});

test('whatever single record is taken away, somebody misses it', () => {
  const lists = (history: Mutable<History>): unknown[][] => [
    history.hub.referrals,
    history.hub.dispatches,
    history.hub.feedback,
    history.ledger.leaves,
    ...history.contactPoints.flatMap(({ dispatches, receipted, answers }) => [
      dispatches,
      receipted,
      answers,
    ]),
  ];
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), (list, item) => {
      const history = forge((good) => {
        const full = lists(good).filter(({ length }) => length > 0);
        const chosen = at(full, list % full.length);
        chosen.splice(item % chosen.length, 1);
      });
      expect(checkHistory(history)).not.toEqual([]);
    }),
  );
});
