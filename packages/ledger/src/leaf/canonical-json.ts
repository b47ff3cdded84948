import canonicalize from 'canonicalize';
import { LedgerError } from '../ledger-error.ts';

/**
 * RFC 8785 form of a JSON value.
 *
 * @throws LedgerError `value-not-json`
 */
export function canonicalise(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new LedgerError('value-not-json', { cause });
  }
  if (text === undefined) throw new LedgerError('value-not-json');
  return text;
}

/** Whether a value is a JSON object. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a JSON object whose text is its RFC 8785 form; undefined if it is anything else. */
export function parseCanonicalObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // Duplicate names, lone surrogates, -0, spaces and order: whatever is not canonical does not come back the same.
    return isJsonObject(value) && canonicalise(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
