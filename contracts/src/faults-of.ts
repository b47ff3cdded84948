import type { ErrorObject } from 'ajv/dist/2020.js';
import type { FaultCode } from './codes.ts';
import type { Fault } from './generated/messages.d.ts';

/** Which fault a failed schema keyword means; keywords that only group others are not faults themselves. */
const faultByKeyword: Readonly<Record<string, FaultCode | null>> = {
  required: 'member-missing',
  dependentRequired: 'member-missing',
  minProperties: 'member-missing',
  additionalProperties: 'member-unknown',
  unevaluatedProperties: 'member-unknown',
  'false schema': 'member-not-allowed',
  not: 'member-not-allowed',
  type: 'type-wrong',
  enum: 'value-not-listed',
  const: 'value-not-listed',
  discriminator: 'value-not-listed',
  pattern: 'format-wrong',
  format: 'format-wrong',
  minLength: 'length-out-of-range',
  maxLength: 'length-out-of-range',
  minimum: 'number-out-of-range',
  maximum: 'number-out-of-range',
  minItems: 'count-out-of-range',
  maxItems: 'count-out-of-range',
  uniqueItems: 'entries-not-unique',
  if: null,
  anyOf: null,
  oneOf: null,
  allOf: null,
};

/** A sender may have named a member as long as it liked; a pointer stays readable. */
const maxNameLength = 100;

function escapePointer(name: string): string {
  return name.slice(0, maxNameLength).replaceAll('~', '~0').replaceAll('/', '~1');
}

function memberOf(error: ErrorObject): string | null {
  const params: Readonly<Record<string, unknown>> = error.params;
  for (const key of ['missingProperty', 'additionalProperty', 'unevaluatedProperty'] as const) {
    const name = params[key];
    if (typeof name === 'string') return name;
  }
  return error.keyword === 'discriminator' && typeof params['tag'] === 'string' ? params['tag'] : null;
}

/**
 * Turns what ajv found into the contract's faults: one for each place and code, in document order.
 * @param errors ajv's errors for one value, with `allErrors` on.
 * @returns faults with JSON Pointers (RFC 6901); never empty when `errors` is not.
 */
export function faultsOf(errors: readonly ErrorObject[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    const code = faultByKeyword[error.keyword];
    // "or null" is an alternative: that the value is not null is not what is wrong with it.
    if (code === null || (error.keyword === 'type' && error.params['type'] === 'null')) continue;
    const member = memberOf(error);
    const pointer = member === null ? error.instancePath : `${error.instancePath}/${escapePointer(member)}`;
    const fault: Fault = { pointer, code: code ?? 'format-wrong' };
    faults.set(`${pointer} ${fault.code}`, fault);
  }
  if (faults.size === 0 && errors.length > 0) return [{ pointer: '', code: 'format-wrong' }];
  return [...faults.values()];
}
