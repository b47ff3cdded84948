import { memberStates, normaliseCountry, validateMessage, type Decision } from '@liaison/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addresses, country, event, parts, time } from '../test/decision-arbitraries.ts';
import { buildInput } from '../test/decision-case.ts';
import { addresseesOf, type DirectoryParticipant } from './addressees.ts';
import { decideJurisdiction } from './decide-jurisdiction.ts';
import type { DecisionInput } from './decision-input.ts';
import { compareCertainty } from './signal.ts';

function statesOf({ criminal }: Decision): readonly string[] {
  return criminal.concerned.map(({ country: state, certainty }) => `${state} ${certainty}`);
}

function withReferral(input: DecisionInput, members: Partial<DecisionInput['referral']>): DecisionInput {
  return { ...input, referral: { ...input.referral, ...members } };
}

function reversed<T>(list: readonly T[] | undefined): readonly T[] {
  return (list ?? []).toReversed();
}

describe('every decision', () => {
  it('follows the contract', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(validateMessage('decision', decideJurisdiction(buildInput(given)))).toMatchObject({
          ok: true,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for the same input', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(decideJurisdiction(buildInput(given))).toEqual(decideJurisdiction(buildInput(given)));
      }),
    );
  });

  it('names no state without a counted signal for it, or an earlier referral that went there', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const { concerned, signals } = decideJurisdiction(buildInput(given)).criminal;
        for (const { country: state, why } of concerned) {
          const speaksForIt = signals.some((signal) => signal.counted && signal.competentState === state);
          expect(speaksForIt || why.includes('priorReferral')).toBe(true);
        }
      }),
    );
  });

  it('addresses Europol whenever it addresses nobody else, and states no Member State as third country', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const { concerned, europol, outcome, thirdCountries } = decideJurisdiction(
          buildInput(given),
        ).criminal;
        expect(europol.addressed || outcome === 'manifestlyUnfounded').toBe(true);
        expect(outcome === 'memberStates').toBe(concerned.length > 0);
        expect(
          memberStates.filter((state) => thirdCountries.some((code) => normaliseCountry(code) === state)),
        ).toEqual([]);
      }),
    );
  });
});

describe('what cannot matter', () => {
  it('the order of entries changes neither addressees, nor lead, nor third countries', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const input = buildInput(given);
        const { persons: people, networkEvents, positions } = input.referral;
        const turned = withReferral(input, {
          persons: reversed(people).map((person) => ({
            ...person,
            ...(person.identifiers && { identifiers: reversed(person.identifiers) }),
            ...(person.places && { places: reversed(person.places) }),
          })),
          ...(networkEvents && { networkEvents: reversed(networkEvents) }),
          ...(positions && { positions: reversed(positions) }),
        });
        const [one, other] = [decideJurisdiction(input), decideJurisdiction(turned)];
        expect(statesOf(other)).toEqual(statesOf(one));
        expect(other.criminal.suggestedLead).toEqual(one.criminal.suggestedLead);
        expect(other.criminal.thirdCountries).toEqual(one.criminal.thirdCountries);
        expect(other.criminal.attributability).toEqual(one.criminal.attributability);
      }),
      { numRuns: 300 },
    );
  });

  it('an exit of an anonymising network neither adds a state nor takes one away', () => {
    const exit = fc.record({
      event: fc.constantFrom('upload' as const, 'login' as const),
      ipAddress: fc.constantFrom(...addresses),
      occurredAt: time,
      network: fc.constantFrom('vpnOrProxy' as const, 'tor' as const, 'hosting' as const),
    });
    fc.assert(
      fc.property(parts, exit, (given, added) => {
        const input = buildInput(given);
        const networkEvents = [...(input.referral.networkEvents ?? []), added];
        const [one, other] = [
          decideJurisdiction(input),
          decideJurisdiction(withReferral(input, { networkEvents })),
        ];
        expect(statesOf(other)).toEqual(statesOf(one));
        expect(other.criminal.thirdCountries).toEqual(one.criminal.thirdCountries);
      }),
      { numRuns: 300 },
    );
  });

  it('port and provider’s establishment change no state', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const input = buildInput(given);
        const networkEvents = (input.referral.networkEvents ?? []).map(({ port: _port, ...rest }) => rest);
        const other = decideJurisdiction({
          ...withReferral(input, networkEvents.length > 0 ? { networkEvents } : {}),
          sender: { kind: 'provider', establishment: null, legalRepresentative: 'MT' },
        });
        expect(statesOf(other)).toEqual(statesOf(decideJurisdiction(input)));
      }),
    );
  });
});

describe('what must matter', () => {
  it('one more event never makes a state less certain', () => {
    fc.assert(
      fc.property(parts, event, (given, added) => {
        const input = buildInput(given);
        const networkEvents = [...(input.referral.networkEvents ?? []), added as never];
        const after = decideJurisdiction(withReferral(input, { networkEvents })).criminal.concerned;
        for (const before of decideJurisdiction(input).criminal.concerned) {
          const now = after.find((state) => state.country === before.country)?.certainty ?? 'none';
          expect(compareCertainty(now, before.certainty)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a withdrawal goes exactly where the earlier referral went', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const relation = { type: 'withdrawal', reference: '01936f2e-7c1a-7d3e-9b1a-5f0c2e8d4a71' } as const;
        const input = withReferral(buildInput(given), { relation });
        const states = decideJurisdiction(input).criminal.concerned.map((state) => state.country);
        expect(states).toEqual([...new Set(given.prior?.states ?? [])].toSorted());
      }),
    );
  });
});

describe('addressees', () => {
  const participant: fc.Arbitrary<DirectoryParticipant> = fc.record({
    id: fc.stringMatching(/^[a-z]{3,6}$/),
    kind: fc.constantFrom('lawEnforcement', 'europol', 'coordinatingAuthority', 'partnerCentre', 'hotline'),
    country: fc.option(country),
  });

  it('are contact points of the states concerned and Europol; each state is addressed or missing, never replaced', () => {
    fc.assert(
      fc.property(parts, fc.uniqueArray(participant, { selector: ({ id }) => id }), (given, directory) => {
        const decision = decideJurisdiction(buildInput(given));
        const { addressed, missing } = addresseesOf(decision, directory);
        const reached = addressed.map(({ country: state }) => state ?? 'europol');
        const concerned: readonly string[] = [
          ...decision.criminal.concerned.map((state) => state.country),
          ...(decision.criminal.europol.addressed ? ['europol'] : []),
        ];
        expect([...new Set([...reached, ...missing])].toSorted()).toEqual(concerned.toSorted());
        expect(missing.filter((state) => reached.includes(state))).toEqual([]);
        for (const { participantId } of addressed) {
          const kind = directory.find(({ id }) => id === participantId)?.kind;
          expect(['lawEnforcement', 'europol']).toContain(kind);
        }
      }),
      { numRuns: 300 },
    );
  });
});
