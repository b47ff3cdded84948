import type { SealCode } from './codes.ts';
import { decodePart } from './compact-parts.ts';
import { type JsonObject, readObject } from './read-object.ts';
import { refuse, type SealFault, type Sealed } from './sealed.ts';

/** What the profile says of one header member. */
export interface MemberRule {
  readonly name: string;
  readonly code: SealCode;
  readonly accepts: (value: unknown) => boolean;
}

/** Far above any header of the profile (about 400 bytes), far below what costs time to read. */
const maxHeaderBytes = 1024;

/**
 * Reads a protected header whose member set is closed (RFC 7515, 4; RFC 7516, 4): exactly one member for
 * each rule. What is not in the profile (`crit`, `b64`, `zip`, `jwk`, `x5c` …) is refused, not understood.
 */
export function readHeader(encoded: string, rules: readonly MemberRule[]): Sealed<JsonObject> {
  if (encoded.length > Math.ceil((maxHeaderBytes * 4) / 3))
    return refuse('header-too-large', { part: 'header' });
  const bytes = decodePart(encoded, 'header');
  if (!bytes.ok) return bytes;
  const header = readObject(bytes.value, 'header');
  if (!header.ok) return header;
  const fault = judgeMembers(header.value, rules);
  return fault === undefined ? header : { ok: false, fault };
}

/** Judges a header against its closed member set: the first unknown member, else the first rule broken. */
export function judgeMembers(header: JsonObject, rules: readonly MemberRule[]): SealFault | undefined {
  const unknown = Object.keys(header).find((name) => !rules.some((rule) => rule.name === name));
  if (unknown !== undefined) return { code: 'header-member-unknown', member: unknown };
  for (const { name, code, accepts } of rules) {
    if (!Object.hasOwn(header, name)) return { code: 'header-member-missing', member: name };
    if (!accepts(header[name])) return { code, member: name };
  }
  return undefined;
}

/** The rule for a member that must have exactly one value. */
export function exactly(name: string, value: string, code: SealCode): MemberRule {
  return { name, code, accepts: (given) => given === value };
}

/** The rule for a member that must be a string of a form. */
export function matching(name: string, pattern: RegExp): MemberRule {
  return {
    name,
    code: 'header-member-malformed',
    accepts: (given) => typeof given === 'string' && pattern.test(given),
  };
}
