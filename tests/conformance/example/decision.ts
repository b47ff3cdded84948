import { utcAt } from './story.ts';

const network = { pointer: '/networkEvents/0', observedAt: '2026-11-19T21:04:11+01:00' };

/** Why Belgium: the upload came from an address of its. */
export const decision = {
  version: 1,
  decidedAt: utcAt(1.5),
  criminal: {
    outcome: 'memberStates',
    rule: 'signalsOfMemberState',
    reasons: [],
    certainty: 'high',
    attributability: { level: 'high', reasons: ['portPresent'] },
    concerned: [{ country: 'BE', certainty: 'high', roles: ['offence'], why: ['eventUploadOrSend'] }],
    suggestedLead: { country: 'BE', rule: 'leadOffence' },
    europol: { addressed: true, rule: 'article48Copy' },
    thirdCountries: [],
    signals: [
      {
        code: 'eventUploadOrSend',
        ...network,
        role: 'offence',
        country: 'BE',
        competentState: 'BE',
        strength: 'strong',
        counted: true,
        reasons: [],
      },
    ],
  },
  regulatory: { basis: 'mainEstablishment', authorities: ['IE'], notices: [] },
  urgency: { claimed: false, hub: false },
  data: { addressCountries: [{ name: 'geo-whois-asn-country', builtAt: '2026-06-17T00:00:00.000Z' }] },
};
