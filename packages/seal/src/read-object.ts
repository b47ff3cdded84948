import { parseIJson } from './i-json.ts';
import { refuse, type Sealed, type SealPart } from './sealed.ts';

/** A JSON object of which nothing is known but that it is one. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the bytes of a part as an I-JSON object. */
export function readObject(bytes: Uint8Array, part: SealPart): Sealed<JsonObject> {
  const parsed = parseIJson(bytes);
  if (!parsed.ok) return refuse(parsed.code, { part });
  return isJsonObject(parsed.value) ? { ok: true, value: parsed.value } : refuse('json-not-object', { part });
}
