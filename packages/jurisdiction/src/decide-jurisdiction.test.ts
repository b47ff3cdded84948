import { memberStates, validateMessage } from '@liaison/contracts';
import { describe, expect, it } from 'vitest';
import { buildInput, describeDecision, readDecisionCases, readDefaultPolicy } from '../test/decision-case.ts';
import { decideJurisdiction } from './decide-jurisdiction.ts';

const cases = readDecisionCases();

describe('labelled cases', () => {
  it.each(cases)('%s is decided as labelled', (_file, decisionCase) => {
    const described = describeDecision(decideJurisdiction(buildInput(decisionCase)));
    const asked = Object.fromEntries(Object.keys(decisionCase.expect).map((key) => [key, described[key]]));
    expect(asked).toEqual(decisionCase.expect);
  });

  it.each(cases)('%s gives a decision that follows the contract', (_file, decisionCase) => {
    const decision = decideJurisdiction(buildInput(decisionCase));
    expect(validateMessage('decision', decision)).toEqual({ ok: true, value: decision });
  });
});

describe('every Member State', () => {
  it.each(memberStates)('%s is reached by an upload and by nothing but that', (state) => {
    const decision = decideJurisdiction(
      buildInput({
        referral: {
          networkEvents: [{ event: 'upload', ipAddress: '192.0.2.1', occurredAt: '2026-11-19T20:00:00Z' }],
        },
        facts: { '192.0.2.1': [state, state] },
      }),
    );
    expect(decision.criminal.concerned).toMatchObject([{ country: state, certainty: 'high' }]);
    expect(decision.criminal.suggestedLead).toEqual({ country: state, rule: 'onlyState' });
  });
});

describe('the data of a decision', () => {
  const event = { event: 'login', ipAddress: '192.0.2.1', occurredAt: '2026-11-19T20:00:00Z' };

  it('names the data sets that were asked, with their build', () => {
    const decision = decideJurisdiction(buildInput({ referral: { networkEvents: [event] } }));
    expect(decision.data.addressCountries).toEqual([
      { name: 'documentation-overlay', builtAt: '2026-11-01T00:00:00.000Z' },
    ]);
  });

  it('names none where no address was asked for', () => {
    const decision = decideJurisdiction(buildInput({ referral: {} }));
    expect(decision.data.addressCountries).toEqual([]);
  });

  it('carries version and time as they came in, and the sender’s own offset of what was seen', () => {
    const occurredAt = '2026-11-19T20:00:00.250+05:30';
    const input = buildInput({ referral: { networkEvents: [{ ...event, occurredAt }] } });
    const decision = decideJurisdiction({ ...input, version: 7 });
    expect(decision).toMatchObject({ version: 7, decidedAt: '2026-11-22T10:00:01.000Z' });
    expect(decision.criminal.signals[0]?.observedAt).toBe(occurredAt);
  });
});

describe('more signals than a decision has room for', () => {
  const weak = Array.from({ length: 8 }, () => ({ kind: 'declared', country: 'LV', verified: 'no' }));
  const numbers = Array.from({ length: 20 }, () => ({
    type: 'phone',
    value: '+35699123456',
    verified: 'no',
  }));
  const persons = Array.from({ length: 30 }, (_, index) => ({
    personId: `p${index}`,
    role: 'reportedUser',
    mayBeChild: 'no',
    identifiers: numbers,
    places: index === 29 ? [{ kind: 'billing', country: 'EE', verified: 'yes' }] : weak,
  }));
  const decision = decideJurisdiction(buildInput({ referral: { persons } }));

  it('keep the strongest, and the contract', () => {
    expect(decision.criminal.signals).toHaveLength(400);
    expect(decision.criminal.signals.at(-1)).toMatchObject({ code: 'placeVerified', country: 'EE' });
    expect(validateMessage('decision', decision).ok).toBe(true);
  });

  it('are all weighed', () => {
    expect(decision.criminal.concerned).toMatchObject([{ country: 'EE', certainty: 'high' }]);
  });
});

describe('the default policy', () => {
  const policy = readDefaultPolicy();

  it('follows its schema and has the deadlines of the design', () => {
    expect(policy).toMatchObject({
      policyVersion: '2026-11-22',
      minimumCertainty: 'medium',
      europolCopy: { enabled: true },
      exchangeRetentionDays: 30,
      deadlines: {
        urgent: { dispatchSeconds: 60, deliveryReceiptSeconds: 300, humanAcknowledgementSeconds: 1800 },
        ordinary: {
          dispatchSeconds: 3600,
          deliveryReceiptSeconds: 86_400,
          humanAcknowledgementSeconds: 259_200,
        },
      },
    });
  });

  it('names each territory once, and none that is a Member State', () => {
    const territories: readonly string[] = policy.territories.map(({ territory }) => territory);
    expect(new Set(territories).size).toBe(territories.length);
    expect(territories.filter((code) => memberStates.some((state) => state === code))).toEqual([]);
  });

  it('has the outermost regions with codes of their own, and Åland, as Union territory (Articles 349, 355(4) TFEU)', () => {
    const union = policy.territories
      .filter(({ unionTerritory }) => unionTerritory)
      .map(({ territory }) => territory);
    expect(union.toSorted()).toEqual(['AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT']);
  });

  it('sends to no partner centre', () => {
    expect(policy.partnerTransfers).toEqual([]);
  });
});
