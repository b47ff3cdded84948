import { readSchemas, type Fault } from '@liaison/contracts';
import { bounds } from './bounds.ts';
import { collectTexts, type TextMember } from './collect-texts.ts';
import { inspectFreeText } from './free-text-rules.ts';
import { inspectIdentifier } from './identifier-rules.ts';
import { searchAddresses, searchJoined } from './joined-search.ts';
import { createMediaSearch } from './media-search.ts';
import { deriveMemberRules, type Treatment } from './member-rules.ts';
import { searchNumbers } from './number-search.ts';
import { leaveOutFixed, orderByPath } from './order-members.ts';

/** What may not enter. */
export interface Guard {
  /**
   * Looks for content in a referral: encoded media, addresses of media, hidden text, members that the schema has not.
   * @param referral a decoded payload, preferably one that follows `referral.v1`; anything else is looked at as well.
   * @returns all findings at once, each with its JSON Pointer, its code and words for the caller; none where it may enter.
   */
  readonly inspectReferral: (referral: unknown) => Fault[];
}

/** Free text up to the bound of the whole referral; the first member beyond it is refused, the rest left unread. */
function splitAtBound(members: readonly TextMember[]): {
  readonly read: readonly TextMember[];
  readonly beyond: TextMember | undefined;
} {
  let bytes = 0;
  const end = members.findIndex(({ text }) => {
    bytes += Buffer.byteLength(text, 'utf8');
    return bytes > bounds.freeTextBytes;
  });
  return end < 0
    ? { read: members, beyond: undefined }
    : { read: members.slice(0, end), beyond: members[end] };
}

function uniqueFaults(faults: readonly Fault[]): Fault[] {
  const unique = new Map<string, Fault>();
  for (const fault of faults) {
    const key = `${fault.code} ${fault.pointer}`;
    if (!unique.has(key)) unique.set(key, fault);
  }
  return [...unique.values()];
}

/**
 * Prepares a guard: derives from the referral's schema what may stand in each member, and makes the tables of the search.
 * @throws TypeError where the schema has a member that the guard does not understand.
 */
export function createGuard(): Guard {
  const rules = deriveMemberRules(readSchemas());
  const search = createMediaSearch();

  const inspectReferral = (referral: unknown): Fault[] => {
    const { texts, numbers, faults: unknownMembers } = collectTexts(referral, rules);
    const units = texts.reduce((sum, { text }) => sum + text.length, 0);
    if (units > bounds.referralUnits) {
      return [
        ...unknownMembers,
        { pointer: '', code: 'guard-text-too-long', detail: 'longer than a referral may be' },
      ];
    }
    const of = (treatment: Treatment): readonly TextMember[] =>
      texts.filter((member) => member.treatment === treatment);
    const { read, beyond } = splitAtBound(of('freeText'));
    const open = orderByPath(of('open'));
    const faults = [
      ...unknownMembers,
      ...read.flatMap(inspectFreeText),
      ...open.flatMap(inspectIdentifier),
      ...searchJoined(orderByPath(read), ' ', search.searchWords),
      ...searchJoined(open, '', search.searchIdentifiers),
      ...searchJoined(leaveOutFixed(open), '', search.searchIdentifiers),
      ...searchAddresses(orderByPath(of('ipAddress')), search.searchBytes),
      ...searchNumbers(numbers, search.searchBytes),
    ];
    if (beyond !== undefined) {
      const { pointer } = beyond;
      faults.push({ pointer, code: 'guard-text-too-long', detail: 'too much free text in all' });
    }
    return uniqueFaults(faults);
  };
  return { inspectReferral };
}
