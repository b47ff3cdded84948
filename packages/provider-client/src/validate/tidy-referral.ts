import { isObject, type JsonObject } from '../http/parse-json.ts';
import type { ReferralWarning } from './referral-warning.ts';

/** A referral as it will be signed, and what was changed. */
export interface TidiedReferral {
  readonly referral: unknown;
  readonly warnings: readonly ReferralWarning[];
}

const queryOrFragment = /[?#].*$/s;

function entriesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function isLongProfileUrl(value: unknown): value is JsonObject & { readonly value: string } {
  if (!isObject(value) || value['type'] !== 'profileUrl') return false;
  return typeof value['value'] === 'string' && queryOrFragment.test(value['value']);
}

/**
 * Takes out before signing what the hub would refuse and nobody needs: query and fragment of profile addresses, which
 * carry tracking data and sessions. The value given is not changed.
 */
export function tidyReferral(value: unknown): TidiedReferral {
  const warnings: ReferralWarning[] = [];
  if (!isObject(value) || !Array.isArray(value['persons'])) return { referral: value, warnings };
  const persons = entriesOf(value['persons']).map((person, index) => {
    if (!isObject(person) || !Array.isArray(person['identifiers'])) return person;
    const identifiers = entriesOf(person['identifiers']).map((identifier, at) => {
      if (!isLongProfileUrl(identifier)) return identifier;
      const pointer = `/persons/${index}/identifiers/${at}/value`;
      warnings.push({ pointer, code: 'profile-url-shortened' });
      return { ...identifier, value: identifier.value.replace(queryOrFragment, '') };
    });
    return { ...person, identifiers };
  });
  return { referral: warnings.length === 0 ? value : { ...value, persons }, warnings };
}
