import { validateBody, type Bodies } from '@liaison/contracts';
import { parseJson } from './parse-json.ts';

/**
 * Reads an answer's body as a receiver does: members that a later minor version added are let pass.
 * @returns undefined where it is not of that shape.
 */
export function readBody<Name extends keyof Bodies>(name: Name, text: string): Bodies[Name] | undefined {
  const value = parseJson(text);
  const read = validateBody(name, value);
  if (read.ok) return read.value;
  // All else was found right, for the validator reports every fault.
  return read.faults.every(({ code }) => code === 'member-unknown') ? (value as Bodies[Name]) : undefined;
}
