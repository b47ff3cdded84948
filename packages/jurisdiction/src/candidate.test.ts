import { describe, expect, it } from 'vitest';
import { judgeCertainty } from './candidate.ts';
import type { Signal, SignalCode, Strength } from './signal.ts';

function signalOf([strength, code]: readonly [Strength, SignalCode]): Signal {
  return {
    code,
    pointer: '/networkEvents/0',
    role: 'offence',
    country: 'FR',
    competentState: 'FR',
    strength,
    counted: true,
    reasons: [],
  };
}

describe('judgeCertainty', () => {
  const cases: readonly (readonly [string, readonly (readonly [Strength, SignalCode])[]])[] = [
    ['none', []],
    ['low', [['weak', 'eventOther']]],
    [
      'low',
      [
        ['weak', 'eventOther'],
        ['weak', 'eventOther'],
      ],
    ],
    [
      'medium',
      [
        ['weak', 'eventOther'],
        ['weak', 'placeDeclared'],
      ],
    ],
    ['medium', [['medium', 'eventPayment']]],
    [
      'medium',
      [
        ['medium', 'eventPayment'],
        ['medium', 'eventPayment'],
      ],
    ],
    [
      'medium',
      [
        ['medium', 'eventPayment'],
        ['weak', 'placeDeclared'],
        ['weak', 'eventOther'],
      ],
    ],
    [
      'high',
      [
        ['medium', 'eventPayment'],
        ['medium', 'phoneCountry'],
      ],
    ],
    ['high', [['strong', 'placeVerified']]],
  ];

  it.each(cases)('is %s for %j', (certainty, signals) => {
    expect(judgeCertainty(signals.map(signalOf))).toBe(certainty);
  });
});
