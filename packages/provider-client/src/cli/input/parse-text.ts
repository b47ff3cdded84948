import { UsageError } from '../usage-error.ts';
import { findJsonFault } from './find-json-fault.ts';
import { positionAt } from './locate-pointer.ts';

/** Some editors begin a file with it; it is no part of the JSON. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/**
 * A text's JSON.
 * @param name of the file, for a person.
 * @param firstLine which line of the file the text begins with.
 * @throws UsageError `file-not-json`, which says where.
 */
export function parseText(text: string, name: string, firstLine = 1): unknown {
  const content = withoutMark(text);
  try {
    return JSON.parse(content);
  } catch {
    const { line, column } = positionAt(content, findJsonFault(content));
    const message = `${name}:${line + firstLine - 1}:${column} is not JSON from here on: mend it, or leave it out.`;
    throw new UsageError('file-not-json', message);
  }
}
