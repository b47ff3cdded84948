import { memberStates, validateMessage, type Decision, type MemberState } from '@liaison/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import example from '../../../contracts/examples/decision/valid/one-state.json' with { type: 'json' };
import { redirectDecision, type Decline, type EarlierAddressee, type Place } from './redirect-decision.ts';

const decidedAt = '2026-11-25T10:00:00.000Z';

function readExample(): Decision {
  const decision = validateMessage('decision', example);
  if (!decision.ok) throw new Error('the example does not follow its schema');
  return decision.value;
}

const first = readExample();
const [state] = first.criminal.concerned.map(({ country }) => country);
const home: MemberState = state ?? 'BE';
const elsewhere = memberStates.filter((country) => country !== home);
const [france, germany] = ['FR', 'DE'] as const;

function declineOf(by: Place, changes: Partial<Decline> = {}): Decline {
  return { by, reason: 'notCompetent', suggestedCompetent: [], ...changes };
}

function redirect(decline: Decline, addressees: readonly EarlierAddressee[], decision = first) {
  return redirectDecision({ decision, decline, addressees, decidedAt });
}

const atHome = { place: home, declined: true } as const;
const atEuropol = { place: 'europol', declined: false } as const;

describe('a decline', () => {
  test('sends the referral to the first authority it names that is no addressee yet', () => {
    const decline = declineOf(home, { suggestedCompetent: [home, france, germany] });
    const redirected = redirect(decline, [atHome, atEuropol, { place: france, declined: false }]);
    expect(redirected?.to).toBe(germany);
    const { criminal, version } = redirected?.decision ?? first;
    expect([version, criminal.outcome, criminal.rule]).toEqual([2, 'memberStates', 'redirectedAfterDecline']);
    expect(criminal.concerned).toEqual([
      { country: germany, certainty: 'medium', roles: [], why: ['namedByDecliningAuthority'] },
    ]);
    expect(criminal.suggestedLead).toEqual({ country: germany, rule: 'namedByDecliningAuthority' });
    expect(validateMessage('decision', redirected?.decision).ok).toBe(true);
  });

  test('by one that knows the case leaves it concerned, beside whom it names', () => {
    const decline = declineOf(home, { reason: 'alreadyKnown', suggestedCompetent: [france] });
    const concerned = redirect(decline, [atHome, atEuropol])?.decision.criminal.concerned;
    expect(concerned?.map(({ country }) => country)).toEqual([home, france]);
  });

  test('that names nobody new goes to Europol once no state stands any more', () => {
    const redirected = redirect(declineOf(home, { suggestedCompetent: [home] }), [atHome, atEuropol]);
    expect(redirected?.to).toBe('europol');
    expect(redirected?.decision.criminal).toMatchObject({
      outcome: 'europolOnly',
      reasons: ['allStatesDeclined'],
      concerned: [],
      europol: { addressed: true, rule: 'europolOnly' },
    });
    expect(validateMessage('decision', redirected?.decision).ok).toBe(true);
  });

  test.each<[string, Decline, readonly EarlierAddressee[]]>([
    ['another state still stands', declineOf(home), [atHome, atEuropol, { place: france, declined: false }]],
    ['Europol has declined', declineOf(home), [atHome, { place: 'europol', declined: true }]],
    ['Europol declines', declineOf('europol'), [atHome, { place: 'europol', declined: true }]],
    ['it knows the case', declineOf(home, { reason: 'alreadyKnown' }), [atHome, atEuropol]],
    ['there is nothing to act on', declineOf(home, { reason: 'notActionable' }), [atHome, atEuropol]],
  ])('goes nowhere by itself where %s', (_why, decline, addressees) => {
    expect(redirect(decline, addressees)).toBeNull();
  });

  test('never makes a loop, whatever authorities decline and name', () => {
    const reasons = ['notCompetent', 'otherStateCompetent', 'alreadyKnown', 'notActionable'] as const;
    const answers = fc.infiniteStream(
      fc.record({
        who: fc.nat(),
        reason: fc.constantFrom(...reasons),
        suggestedCompetent: fc.uniqueArray(fc.constantFrom(...elsewhere), { maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(answers, (stream) => {
        const places = new Map<Place, boolean>([
          [home, false],
          ['europol', false],
        ]);
        let decision = first;
        let sentToEuropol = 0;
        for (const { who, ...said } of stream) {
          const standing = [...places].filter(([, declined]) => !declined).map(([place]) => place);
          const by = standing[who % Math.max(1, standing.length)];
          if (by === undefined) break;
          places.set(by, true);
          const addressees = [...places].map(([place, declined]) => ({ place, declined }));
          const redirected = redirectDecision({ decision, decline: { by, ...said }, addressees, decidedAt });
          if (redirected === null) continue;
          const { to } = redirected;
          if (to === 'europol') sentToEuropol += 1;
          expect(to === 'europol' || !places.has(to)).toBe(true);
          expect(redirected.decision.version).toBe(decision.version + 1);
          decision = redirected.decision;
          places.set(to, false);
        }
        expect(decision.version).toBeLessThanOrEqual(1 + memberStates.length + sentToEuropol);
        expect(sentToEuropol).toBeLessThanOrEqual(memberStates.length);
      }),
    );
  });
});
