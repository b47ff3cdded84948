import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { CodedError } from './coded-error.ts';

/** A member that is missing is named as well: its pointer is where it should be. */
function pointerOf({ instancePath, params }: ErrorObject): string {
  const missing = (params as { missingProperty?: unknown }).missingProperty;
  return typeof missing === 'string' ? `${instancePath}/${missing}` : instancePath || '(the whole)';
}

/**
 * Reads a JSON file that a process cannot do without: settings, secrets, keys.
 * @param schema JSON Schema 2020-12 of `Content`.
 * @throws CodedError `file-unreadable`; `file-not-json`; `file-invalid` naming every wrong place, never a value: it may be
 *   a secret.
 */
export function readJsonFile<Content>(path: string, schema: object): Content {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CodedError('file-unreadable', `${path} cannot be read.`, { cause });
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // Without its cause, whose message quotes the file.
    throw new CodedError('file-not-json', `${path} is not JSON.`);
  }
  const validate = new Ajv2020({ allErrors: true, strictRequired: false }).compile<Content>(schema);
  if (validate(content)) return content;
  const places = new Set((validate.errors ?? []).map(pointerOf));
  throw new CodedError('file-invalid', `${path} is wrong at: ${[...places].join(', ')}.`);
}
