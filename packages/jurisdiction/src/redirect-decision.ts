import type { Decision, Feedback, MemberState } from '@liaison/contracts';
import type { Criminal } from './signal.ts';

/** Whom a decision can address: a Member State, or Europol. */
export type Place = MemberState | 'europol';

/** An authority's answer that it is not the one. */
export type Decline = Pick<Extract<Feedback, { kind: 'declined' }>, 'reason' | 'suggestedCompetent'> & {
  readonly by: Place;
};

/** Whom the referral went to so far, or waits for, and who of them has declined. */
export interface EarlierAddressee {
  readonly place: Place;
  readonly declined: boolean;
}

/** What following a decline rests on. */
export interface RedirectInput {
  /** The latest decision. */
  readonly decision: Decision;
  readonly decline: Decline;
  /** The declining one included, as having declined. */
  readonly addressees: readonly EarlierAddressee[];
  readonly decidedAt: string;
}

/** The next decision, and the one addressee that it adds. */
export interface Redirected {
  readonly decision: Decision;
  readonly to: Place;
}

const rule = 'redirectedAfterDecline';
const why = 'namedByDecliningAuthority';

/** Who knows the case, or finds nothing to act on, is still concerned; who is not competent is not. */
function saysNotCompetent({ reason }: Decline): boolean {
  return reason === 'notCompetent' || reason === 'otherStateCompetent';
}

function toState(criminal: Criminal, state: MemberState, decline: Decline): Criminal {
  const standing = criminal.concerned.filter(
    ({ country }) => !(saysNotCompetent(decline) && country === decline.by),
  );
  const lead = criminal.suggestedLead;
  const keepsLead = standing.some(({ country }) => country === lead.country);
  return {
    ...criminal,
    outcome: 'memberStates',
    rule,
    reasons: [],
    certainty: standing[0]?.certainty ?? 'medium',
    concerned: [...standing, { country: state, certainty: 'medium', roles: [], why: [why] }],
    suggestedLead: keepsLead ? lead : { country: state, rule: why },
    europol:
      criminal.europol.rule === 'europolOnly' ? { addressed: true, rule: 'article48Copy' } : criminal.europol,
  };
}

function toEuropol(criminal: Criminal): Criminal {
  return {
    ...criminal,
    outcome: 'europolOnly',
    rule,
    reasons: ['allStatesDeclined'],
    concerned: [],
    suggestedLead: { country: null, rule: 'noStateConcerned' },
    europol: { addressed: true, rule: 'europolOnly' },
  };
}

/**
 * Decides where a referral goes when an addressee declines it: to the first authority that it names and that is no
 * addressee yet; else to Europol, once no state that was addressed stands any more (Article 48(3) of COM(2022) 209, whose
 * fallback is Europol). Every step adds an addressee or ends, so there is no loop.
 * @returns null where there is nobody to go to: the states that still stand go on with it, or a person has to look.
 */
export function redirectDecision({
  decision,
  decline,
  addressees,
  decidedAt,
}: RedirectInput): Redirected | null {
  const { criminal, version } = decision;
  const places = new Map(addressees.map(({ place, declined }) => [place, declined]));
  const next = (changed: Criminal): Decision => ({
    ...decision,
    version: version + 1,
    decidedAt,
    criminal: changed,
  });
  const named = decline.suggestedCompetent.find((state) => !places.has(state));
  if (named !== undefined) return { to: named, decision: next(toState(criminal, named, decline)) };
  const someStateStands = addressees.some(({ place, declined }) => place !== 'europol' && !declined);
  const hasEuropolDeclined = places.get('europol') === true;
  if (!saysNotCompetent(decline) || decline.by === 'europol' || someStateStands || hasEuropolDeclined)
    return null;
  return { to: 'europol', decision: next(toEuropol(criminal)) };
}
