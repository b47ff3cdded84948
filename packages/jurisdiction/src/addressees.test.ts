import { describe, expect, it } from 'vitest';
import { buildInput } from '../test/decision-case.ts';
import { addresseesOf, type DirectoryParticipant } from './addressees.ts';
import { decideJurisdiction } from './decide-jurisdiction.ts';

const occurredAt = '2026-11-19T20:00:00Z';

/** Uploads in Greece and Sweden and in the United States. */
const decision = decideJurisdiction(
  buildInput({
    referral: {
      networkEvents: ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((ipAddress) => ({
        event: 'upload',
        ipAddress,
        occurredAt,
      })),
    },
    facts: { '192.0.2.1': ['SE', 'SE'], '192.0.2.2': ['EL', 'GR'], '192.0.2.3': ['US', 'US'] },
  }),
);

const europol: DirectoryParticipant = { id: 'europol', kind: 'europol', country: null };
const sweden: DirectoryParticipant = { id: 'cp-se', kind: 'lawEnforcement', country: 'SE' };
const greece: DirectoryParticipant = { id: 'cp-el', kind: 'lawEnforcement', country: 'EL' };

describe('addresseesOf', () => {
  it('addresses the contact points in the order of the decision, Europol last', () => {
    expect(addresseesOf(decision, [europol, sweden, greece])).toEqual({
      addressed: [
        { participantId: 'cp-el', country: 'GR' },
        { participantId: 'cp-se', country: 'SE' },
        { participantId: 'europol', country: null },
      ],
      missing: [],
    });
  });

  it('addresses every contact point of a state, in the order of their ids', () => {
    const second: DirectoryParticipant = { ...sweden, id: 'cp-a-se' };
    const { addressed } = addresseesOf(decision, [sweden, second, greece, europol]);
    expect(addressed.map(({ participantId }) => participantId)).toEqual([
      'cp-el',
      'cp-a-se',
      'cp-se',
      'europol',
    ]);
  });

  it('lists a state without a contact point as missing, and puts nobody in its place', () => {
    const neighbour: DirectoryParticipant = { id: 'cp-dk', kind: 'lawEnforcement', country: 'DK' };
    expect(addresseesOf(decision, [neighbour, greece])).toEqual({
      addressed: [{ participantId: 'cp-el', country: 'GR' }],
      missing: ['SE', 'europol'],
    });
  });

  it('addresses no other participant of a state, and no partner centre of a third country', () => {
    const others: readonly DirectoryParticipant[] = [
      { id: 'ca-se', kind: 'coordinatingAuthority', country: 'SE' },
      { id: 'hotline-se', kind: 'hotline', country: 'SE' },
      { id: 'partner-us', kind: 'partnerCentre', country: 'US' },
    ];
    expect(addresseesOf(decision, others)).toEqual({ addressed: [], missing: ['GR', 'SE', 'europol'] });
  });

  it('addresses nobody with what is manifestly unfounded', () => {
    const unfounded = decideJurisdiction(
      buildInput({
        referral: { items: null, persons: [{ personId: 'p1', role: 'reportedUser', mayBeChild: 'unknown' }] },
      }),
    );
    expect(addresseesOf(unfounded, [europol, sweden])).toEqual({ addressed: [], missing: [] });
  });
});
