import type { Fault } from '@liaison/contracts';
import { bounds } from './bounds.ts';
import type { NumberMember } from './number-search.ts';
import type { MemberRule, TextRule, Treatment } from './member-rules.ts';

/** One string of a referral, with all that the rules need to know of its place. */
export interface TextMember {
  readonly pointer: string;
  readonly text: string;
  /** What the schema says of it; members of one path are searched joined. */
  readonly rule: TextRule;
  readonly treatment: Treatment;
  /** The `type` of the identifier whose value this is. */
  readonly identifierType: string | null;
}

const identifierPath = '/persons/*/identifiers/*';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapePointer(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

function identifierTypeOf(value: Readonly<Record<string, unknown>>, path: string): string | null {
  const { type } = value;
  return path === identifierPath && typeof type === 'string' ? type : null;
}

function isScalar(rule: MemberRule | undefined, value: unknown): boolean {
  if (rule?.kind === 'number') return typeof value === 'number';
  return rule?.kind === 'boolean' && typeof value === 'boolean';
}

const fraction = /^\d{4}-\d\d-\d\dT[\d:]{8}\.(\d{1,9})[Z+-]/;

/** Digits that may be read as bytes: of a telephone number, and of the fraction of a second. */
function digitsOf(text: string, identifierType: string | null): string | null {
  if (identifierType === 'phone' && /^\+\d+$/.test(text)) return text.slice(1);
  return fraction.exec(text)?.[1] ?? null;
}

/** A whole number, or the decimals of another. */
function readNumber(value: number): Pick<NumberMember, 'value' | 'digits'> {
  if (Number.isSafeInteger(value) && value >= 0) return { value, digits: '' };
  return { value: null, digits: /\.(\d+)$/.exec(String(value))?.[1] ?? '' };
}

/** A declared name is words, whatever the class of its member says of identifiers in general. */
function treatmentOf(rule: TextRule, identifierType: string | null): Treatment {
  const isName = identifierType === 'declaredName' && rule.path === `${identifierPath}/value`;
  return isName ? 'freeText' : rule.treatment;
}

/**
 * Lists the strings of a referral, in document order, and the members that the guard does not know: of those it looks
 * at nothing further, so that the walk is bounded by the schema's own depth.
 */
export function collectTexts(
  referral: unknown,
  rules: MemberRule,
): {
  readonly texts: readonly TextMember[];
  readonly numbers: readonly NumberMember[];
  readonly faults: readonly Fault[];
} {
  const texts: TextMember[] = [];
  const numbers: NumberMember[] = [];
  const faults: Fault[] = [];
  const refuse = (pointer: string, parent: string): void => {
    const where = pointer.length > bounds.pointerLength ? parent : pointer;
    faults.push({ pointer: where, code: 'guard-member-unknown' });
  };
  /** The pointer's last step is its own argument: the fault of a member with too long a name points at its parent. */
  const visit = (
    value: unknown,
    rule: MemberRule | undefined,
    at: { readonly parent: string; readonly step: string; readonly identifierType: string | null },
  ): void => {
    const pointer = at.parent + at.step;
    const { identifierType } = at;
    if (rule?.kind === 'text' && typeof value === 'string') {
      texts.push({
        pointer,
        text: value,
        rule,
        treatment: treatmentOf(rule, identifierType),
        identifierType,
      });
      const digits = digitsOf(value, identifierType);
      if (digits !== null) numbers.push({ pointer, path: rule.path, value: null, digits });
    } else if (rule?.kind === 'number' && typeof value === 'number') {
      numbers.push({ pointer, path: rule.path, ...readNumber(value) });
    } else if (rule?.kind === 'list' && Array.isArray(value)) {
      value.forEach((entry: unknown, index) => {
        visit(entry, rule.entry, { parent: pointer, step: `/${index}`, identifierType: null });
      });
    } else if (rule?.kind === 'object' && isObject(value)) {
      const type = identifierTypeOf(value, rule.path);
      for (const [name, entry] of Object.entries(value)) {
        const step = `/${escapePointer(name)}`;
        visit(entry, rule.members.get(name), { parent: pointer, step, identifierType: type });
      }
    } else if (!isScalar(rule, value)) {
      refuse(pointer, at.parent);
    }
  };
  visit(referral, rules, { parent: '', step: '', identifierType: null });
  return { texts, numbers, faults };
}
