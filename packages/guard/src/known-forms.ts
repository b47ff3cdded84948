import { isIPv6 } from 'node:net';

/** A form that looks like an encoding and is none, and how many of it one text may hold. */
interface KnownForm {
  readonly form: RegExp;
  /** What the form alone does not tell. */
  readonly isReally?: (match: string) => boolean;
  readonly most: number;
}

const knownForms: readonly KnownForm[] = [
  // A UUID (RFC 9562): the id of a case or of a referral.
  {
    form: /(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9a-z])/gi,
    most: 2,
  },
  // A time (RFC 3339).
  {
    form: /(?<!\d)\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:?\d{2})?/g,
    most: 8,
  },
  // An address of a host (RFC 4291, 2.2).
  { form: /(?<![0-9a-z:.])[0-9a-f:]{2,39}(?![0-9a-z:])/gi, most: 4, isReally: isIPv6 },
];

/** Leaves out forms that are no encoding, each only as often as its number of hidden bytes stays small. */
export function leaveOutKnownForms(text: string): string {
  return knownForms.reduce((rest, { form, isReally, most }) => {
    let count = 0;
    return rest.replace(form, (match) => {
      if (isReally?.(match) === false) return match;
      count += 1;
      return count > most ? match : ' ';
    });
  }, text);
}
