import type { Decision } from '@liaison/contracts';
import type { Locale } from '../locale.ts';
import { createExplainContext, type ExplainContext } from './explain-context.ts';
import { explainStates } from './explain-states.ts';
import { sentences, type Sentence } from './sentences.ts';

/** A decision in words. */
export interface Explanation {
  /** Who is concerned, in one line; begins with the urgency, if any. */
  readonly headline: string;
  /** Whole sentences, in the order in which a lawyer asks. */
  readonly sentences: readonly string[];
}

type Criminal = Decision['criminal'];

function isSentence(key: string): key is Sentence {
  return Object.hasOwn(sentences.en, key);
}

function explainUrgency({ claimed, hub }: Decision['urgency'], { say }: ExplainContext): string {
  if (!claimed) return say(hub === true ? 'urgency.found' : 'urgency.none');
  if (hub === null) return say('urgency.claimed');
  return say(hub ? 'urgency.agreed' : 'urgency.doubted');
}

/** Rules under which nobody says that a state is likely to have jurisdiction. */
const followingRules: readonly string[] = ['relationFollowsPrior', 'withdrawalFollowsPrior'];

function makeHeadline({ criminal, urgency }: Decision, context: ExplainContext): string {
  const { say, name, formats } = context;
  const { outcome, rule, concerned, reasons } = criminal;
  const follows = outcome === 'memberStates' && followingRules.includes(rule);
  const [reason = 'noSignals'] = reasons;
  const headline = say(follows ? 'headline.followsPrior' : `headline.${outcome}`, {
    states: formats.list(concerned.map(({ country }) => formats.country(country))),
    reason: name('reason', reason),
  });
  return urgency.claimed || urgency.hub === true ? say('headline.urgent', { headline }) : headline;
}

/** Rules are codes of an open list: one without a sentence of its own is named. */
function explainRule({ rule }: Criminal, context: ExplainContext): string {
  const key = `rule.${rule}`;
  return isSentence(key) ? context.say(key) : context.say('rule.other', { rule: context.name('rule', rule) });
}

function explainLead(
  { suggestedLead: { country, rule }, outcome }: Criminal,
  context: ExplainContext,
): string[] {
  const { say, name, formats } = context;
  if (outcome === 'manifestlyUnfounded') return [];
  if (country !== null)
    return [say('lead.suggested', { country: formats.country(country), rule: name('rule', rule) })];
  return [say(rule === 'leadOfPriorReferral' ? 'lead.leadOfPriorReferral' : 'lead.noStateConcerned')];
}

function explainEuropol({ europol: { rule }, reasons }: Criminal, context: ExplainContext): string {
  const key = `europol.${rule}`;
  return isSentence(key)
    ? context.say(key, { reasons: context.nameAll('reason', reasons) })
    : context.say('rule.other', { rule: context.name('rule', rule) });
}

function explainThirdCountries(
  { thirdCountries, europol }: Criminal,
  { say, formats }: ExplainContext,
): string[] {
  if (thirdCountries.length === 0) return [];
  const countries = formats.list(thirdCountries.map((code) => formats.country(code)));
  return [say(europol.addressed ? 'third.stated' : 'third.recorded', { countries })];
}

function explainCertainty({ certainty, attributability }: Criminal, context: ExplainContext): string {
  const { say, name, nameAll } = context;
  const values = { certainty: name('certainty', certainty), level: name('certainty', attributability.level) };
  return attributability.reasons.length === 0
    ? say('certainty.both', values)
    : say('certainty.because', { ...values, reasons: nameAll('reason', attributability.reasons) });
}

function explainRegulatory(
  { basis, authorities, notices }: Decision['regulatory'],
  context: ExplainContext,
): string[] {
  const { say, formats } = context;
  const named = formats.list(authorities.map((code) => formats.country(code)));
  return [
    say(`regulatory.${basis}`, { authorities: named }),
    ...notices.map(({ ground }) => say(`notice.${ground}`)),
  ];
}

function explainData({ version, decidedAt, data }: Decision, { say, formats }: ExplainContext): string {
  const values = { version, moment: formats.moment(decidedAt) };
  const sets = data.addressCountries.map(({ name, builtAt }) =>
    say('data.set', { name, day: formats.day(builtAt) }),
  );
  return sets.length === 0
    ? say('data.decided', values)
    : say('data.sets', { ...values, sets: formats.list(sets) });
}

/**
 * Puts a decision into sentences that a lawyer can read: where the referral goes and by which article, which states and why
 * with the provenance of every signal, certainty of country apart from attributability, the lead that binds nobody, Europol's
 * part, third countries, and whose supervision it is (Articles 33 and 48 of COM(2022) 209).
 * @param options.timeZone IANA name; the reader's, else UTC.
 */
export function explainDecision(options: {
  readonly decision: Decision;
  readonly locale: Locale;
  readonly timeZone?: string;
}): Explanation {
  const { decision, locale, timeZone = 'UTC' } = options;
  const { criminal, regulatory, urgency } = decision;
  const context = createExplainContext(locale, timeZone);
  return {
    headline: makeHeadline(decision, context),
    sentences: [
      explainUrgency(urgency, context),
      explainRule(criminal, context),
      ...explainStates(criminal, context),
      ...explainLead(criminal, context),
      explainEuropol(criminal, context),
      ...explainThirdCountries(criminal, context),
      explainCertainty(criminal, context),
      ...explainRegulatory(regulatory, context),
      explainData(decision, context),
    ],
  };
}
