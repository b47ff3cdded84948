import type { Fault } from '@liaison/contracts';
import { bounds } from './bounds.ts';
import type { MemberRule, MemberRules, Treatment } from './member-rules.ts';

/** One string of a referral, with all that the rules need to know of its place. */
export interface TextMember {
  readonly pointer: string;
  /** Pointer with `*` for the entries of lists: members that share it are searched joined. */
  readonly path: string;
  readonly text: string;
  readonly treatment: Treatment;
  readonly maxCodePoints: number | null;
  /** The `type` of the identifier whose value this is. */
  readonly identifierType: string | null;
}

interface Place {
  readonly pointer: string;
  readonly path: string;
  readonly identifierType: string | null;
}

const identifierPath = '/persons/*/identifiers/*';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function identifierTypeOf(value: Readonly<Record<string, unknown>>, path: string): string | null {
  const { type } = value;
  return path === identifierPath && typeof type === 'string' ? type : null;
}

const forms: Readonly<Record<MemberRule['kind'], (value: unknown) => boolean>> = {
  object: isObject,
  list: Array.isArray,
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
};

/** A declared name is words, whatever the class of its member says of identifiers in general. */
function treatmentAt(place: Place, treatment: Treatment): Treatment {
  const isName = place.identifierType === 'declaredName' && place.path === `${identifierPath}/value`;
  return isName ? 'freeText' : treatment;
}

/**
 * Lists the strings of a referral, in document order, and the members that the guard does not know: of those it looks
 * at nothing further, so that the walk is bounded by the schema's own depth.
 */
export function collectTexts(
  referral: unknown,
  rules: MemberRules,
): { readonly texts: readonly TextMember[]; readonly faults: readonly Fault[] } {
  const texts: TextMember[] = [];
  const faults: Fault[] = [];
  const refuse = (pointer: string, parent: string): void => {
    const where = pointer.length > bounds.pointerLength ? parent : pointer;
    faults.push({ pointer: where, code: 'guard-member-unknown' });
  };
  const visit = (value: unknown, place: Place, parent: string): void => {
    const rule = rules.get(place.path);
    if (rule === undefined || !forms[rule.kind](value)) {
      refuse(place.pointer, parent);
    } else if (typeof value === 'string' && rule.kind === 'text') {
      const { maxCodePoints } = rule;
      texts.push({ ...place, text: value, treatment: treatmentAt(place, rule.treatment), maxCodePoints });
    } else if (Array.isArray(value)) {
      value.forEach((entry: unknown, index) => {
        const pointer = `${place.pointer}/${index}`;
        visit(entry, { ...place, pointer, path: `${place.path}/*` }, place.pointer);
      });
    } else if (isObject(value)) {
      const identifierType = identifierTypeOf(value, place.path);
      for (const [name, entry] of Object.entries(value)) {
        const step = `/${escapePointer(name)}`;
        const inner = { pointer: place.pointer + step, path: place.path + step, identifierType };
        visit(entry, inner, place.pointer);
      }
    }
  };
  visit(referral, { pointer: '', path: '', identifierType: null }, '');
  return { texts, faults };
}
