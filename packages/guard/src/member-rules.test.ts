import { dataClasses, readSchemas } from '@liaison/contracts';
import { describe, expect, it } from 'vitest';
import { deriveMemberRules, type MemberRule, type TextRule } from './member-rules.ts';

function textRulesIn(rule: MemberRule): readonly TextRule[] {
  if (rule.kind === 'object') return [...rule.members.values()].flatMap(textRulesIn);
  if (rule.kind === 'list') return textRulesIn(rule.entry);
  return rule.kind === 'text' ? [rule] : [];
}

const textRules = textRulesIn(deriveMemberRules(readSchemas()));

function pathsOf(treatment: string): readonly string[] {
  return textRules
    .filter((rule) => rule.treatment === treatment)
    .map(({ path }) => path)
    .toSorted();
}

describe('deriveMemberRules', () => {
  it('has free text in these members only', () => {
    expect(pathsOf('freeText')).toEqual([
      '/authoritiesInformed/*/name',
      '/legalBasis/reference',
      '/note/text',
      '/service/name',
      '/urgency/statement/text',
    ]);
  });

  it('has members that are open by nature or by pattern in these places only', () => {
    expect(pathsOf('open')).toEqual([
      '/authoritiesInformed/*/reference',
      '/items/*/digests/*/value',
      '/items/*/evidenceReference',
      '/items/*/itemId',
      '/links/*/value',
      '/networkEvents/*/itemIds/*',
      '/networkEvents/*/personId',
      '/note/language',
      '/onBehalfOf',
      '/persons/*/identifiers/*/value',
      '/persons/*/languages/*',
      '/persons/*/personId',
      '/persons/*/places/*/postalCode',
      '/persons/*/timeZone',
      '/positions/*/itemId',
      '/positions/*/personId',
      '/providerReference',
      '/relation/reference',
      '/reporter/participantId',
      '/service/url',
      '/urgency/statement/language',
      '/urls/*/url',
    ]);
  });

  it('has addresses of hosts in these places only', () => {
    expect(pathsOf('ipAddress')).toEqual(['/networkEvents/*/ipAddress', '/urls/*/ipAddress']);
  });

  it('knows how the guard treats every class of data', () => {
    expect(new Set(Object.values(dataClasses).map(({ guard }) => guard))).toEqual(
      new Set(['typed', 'exempt', 'freeText']),
    );
  });

  it('refuses a schema with a member of no class', () => {
    const schemas = new Map([['referral.v1', { properties: { words: { type: 'string' } } }]]);
    expect(() => deriveMemberRules(schemas)).toThrow(TypeError);
  });

  it('refuses a schema with a type that it does not know', () => {
    const words = { type: ['string', 'null'], 'x-data-class': 'freeText' };
    const schemas = new Map([['referral.v1', { properties: { words } }]]);
    expect(() => deriveMemberRules(schemas)).toThrow(TypeError);
  });
});
