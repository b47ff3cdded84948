import type { Decision } from '@liaison/contracts';
import { describe, expect, it } from 'vitest';
// The decisions that are explained are those that the rules make: their cases, and the rules themselves.
import { decideJurisdiction } from '../../../jurisdiction/src/index.ts';
import { buildInput, readDecisionCases } from '../../../jurisdiction/test/decision-case.ts';
import { codeGroups, codesOf } from '../describe-code.ts';
import { locales } from '../locale.ts';
import { explainDecision } from './explain-decision.ts';

const decisions = readDecisionCases().map(
  ([file, decisionCase]) => [file, decideJurisdiction(buildInput(decisionCase))] as const,
);

function decisionOf(file: string): Decision {
  const found = decisions.find(([name]) => name === `${file}.json`);
  if (found === undefined) throw new Error(`no case ${file}`);
  return found[1];
}

function textOf(decision: Decision, locale: 'en' | 'fr'): string {
  const { headline, sentences } = explainDecision({ decision, locale });
  return [headline, ...sentences].join('\n');
}

/** A sentence of the explanation, by how it begins. */
function sentence(decision: Decision, locale: 'en' | 'fr', beginning: string): string | undefined {
  return explainDecision({ decision, locale }).sentences.find((text) => text.startsWith(beginning));
}

const codes = new Set(
  codeGroups.flatMap((group) => codesOf(group)).filter((code) => /[a-z][A-Z]/.test(code)),
);

/** Words of a text that are codes; the members of a pointer are no codes but places in the referral. */
function leftoverCodes(text: string): string[] {
  return (text.replaceAll(/\b[a-zA-Z]+\/\d+(\/\w+)*/g, '').match(/[A-Za-z0-9-]+/g) ?? []).filter((word) =>
    codes.has(word),
  );
}

describe.each(locales)('every labelled decision, in %s', (locale) => {
  it.each(decisions)('%s leaves no code and no open place', (_file, decision) => {
    const text = textOf(decision, locale);
    expect(leftoverCodes(text)).toEqual([]);
    expect(text).not.toMatch(/[{}]|undefined|null|\(\)|: \.|: $/m);
  });

  it.each(decisions)(
    '%s names every state concerned, every third country and every signal',
    (_file, decision) => {
      const text = textOf(decision, locale);
      const countries = new Intl.DisplayNames([locale], { type: 'region' });
      const { concerned, thirdCountries, signals } = decision.criminal;
      const names = [...concerned.map(({ country }) => country), ...thirdCountries].map((code) =>
        countries.of(code),
      );
      expect(names.filter((name) => !text.includes(name ?? '?'))).toEqual([]);
      // The first three of a kind are named one by one, the others counted.
      const unnamed = signals.filter(({ pointer }) => !text.includes(pointer.slice(1)));
      expect(unnamed.length === 0 || /\d+ (more|autres)/.test(text)).toBe(true);
    },
  );
});

describe('sentences', () => {
  const two = decisionOf('two-states');

  it('say who is concerned, first', () => {
    expect(explainDecision({ decision: two, locale: 'en' }).headline).toBe(
      'Likely to have jurisdiction: France and Italy',
    );
    expect(explainDecision({ decision: two, locale: 'fr' }).headline).toBe(
      'Compétence probable\u00a0: France et Italie',
    );
  });

  it('do not call likely what only follows an earlier referral', () => {
    expect(explainDecision({ decision: decisionOf('withdrawal'), locale: 'en' }).headline).toBe(
      'Goes where the earlier referral went: Germany and France',
    );
  });

  it('say why, with the provenance of each signal', () => {
    expect(sentence(two, 'en', 'France')).toBe(
      'France: high certainty of country; as place of the offence and residence or location of the reported user; ' +
        'resting on upload or sending (strong; 19 Nov 2026, 19:00:00 UTC; networkEvents/0).',
    );
    expect(sentence(two, 'fr', 'Italie')).toBe(
      'Italie\u00a0: certitude moyenne quant au pays\u00a0; en tant que résidence ou localisation de la personne ' +
        'paraissant être victime\u00a0; indices retenus\u00a0: connexion ou inscription (moyen\u00a0; ' +
        '19 nov. 2026, 19:00:00 UTC\u00a0; networkEvents/1).',
    );
  });

  it('keep certainty of country apart from attributability', () => {
    expect(sentence(decisionOf('cgnat-without-port'), 'en', 'Certainty')).toMatch(
      /^Certainty of country: (high|medium)\. .*; attributability: low, because .*the port is missing/,
    );
  });

  it('call the lead a suggestion that binds nobody', () => {
    expect(sentence(two, 'en', 'Suggested lead')).toBe(
      'Suggested lead: France (place of the offence). It is a suggestion that binds nobody; the law knows no lead.',
    );
    expect(sentence(two, 'fr', 'Chef de file')).toContain('ne lie personne');
  });

  it('say why Europol alone is addressed', () => {
    const exits = decisionOf('vpn-only');
    expect(explainDecision({ decision: exits, locale: 'en' }).headline).toBe(
      'Europol only: nothing that speaks for a country could be counted',
    );
    expect(sentence(exits, 'en', 'Europol alone')).toBe(
      'Europol alone receives it, for further analysis and for referral to the competent authorities (Article 48(3), ' +
        'second subparagraph, of COM(2022) 209). Reason: nothing that speaks for a country could be counted; an ' +
        'anonymising network hides the place.',
    );
  });

  it('name a departure of the policy as one', () => {
    expect(sentence(decisionOf('europol-departure'), 'en', 'Europol')).toContain(
      'departs from Article 48(3)',
    );
  });

  it('state third countries to Europol and address none', () => {
    expect(sentence(decisionOf('third-country-only'), 'en', 'Third countries')).toContain('never addressed');
  });

  it('show the time of a signal in the reader’s time zone', () => {
    const { sentences } = explainDecision({ decision: two, locale: 'en', timeZone: 'Europe/Paris' });
    expect(sentences.join('\n')).toContain('19 Nov 2026, 20:00:00 CET');
  });
});

describe('urgency', () => {
  const base = decisionOf('two-states');
  const cases = [
    { urgency: { claimed: true, hub: null }, urgent: true },
    { urgency: { claimed: true, hub: true }, urgent: true },
    { urgency: { claimed: true, hub: false }, urgent: true },
    { urgency: { claimed: false, hub: true }, urgent: true },
    { urgency: { claimed: false, hub: false }, urgent: false },
    { urgency: { claimed: false, hub: null }, urgent: false },
  ];

  it.each(cases)('$urgency leads the headline where it is $urgent', ({ urgency, urgent }) => {
    const { headline } = explainDecision({ decision: { ...base, urgency }, locale: 'fr' });
    expect(headline.startsWith('Urgent. ')).toBe(urgent);
  });

  it('has a sentence of its own for each case of claim and judgement', () => {
    const firsts = cases
      .slice(0, 5)
      .map(({ urgency }) => explainDecision({ decision: { ...base, urgency }, locale: 'en' }).sentences[0]);
    expect(new Set(firsts).size).toBe(5);
  });
});

describe('a decision after a decline', () => {
  it('names the state that the declining authority named, without roles or signals', () => {
    const { criminal, ...rest } = decisionOf('two-states');
    const decision: Decision = {
      ...rest,
      version: 2,
      criminal: {
        ...criminal,
        rule: 'redirectedAfterDecline',
        concerned: [{ country: 'AT', certainty: 'medium', roles: [], why: ['namedByDecliningAuthority'] }],
        suggestedLead: { country: 'AT', rule: 'namedByDecliningAuthority' },
      },
    };
    expect(sentence(decision, 'en', 'Austria')).toBe(
      'Austria: medium certainty of country; named by an authority that declined.',
    );
    expect(leftoverCodes(textOf(decision, 'fr'))).toEqual([]);
  });

  it('of a rule that this version does not know, names the rule', () => {
    const decision = decisionOf('two-states');
    const text = textOf({ ...decision, criminal: { ...decision.criminal, rule: 'ruleOfTomorrow' } }, 'en');
    expect(text).toContain('Rule applied: ruleOfTomorrow.');
  });
});
