import { isUtf8 } from 'node:buffer';
import { limits } from '@liaison/contracts';
import type { SealCode } from './codes.ts';
import { judgeMembersAndValues } from './judge-json.ts';

/** The value of an I-JSON text, or why it is none. */
export type IJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: SealCode };

const bom = '\uFEFF';

/**
 * Reads JSON as strictly as two parsers need in order to agree on it (RFC 7493): UTF-8 without byte order mark,
 * no name twice in an object, no lone surrogates or noncharacters however written, numbers that a double holds.
 * Beyond the RFC: nested at most `limits.jsonDepth` deep, and no member named `__proto__`.
 */
export function parseIJson(bytes: Uint8Array): IJson {
  if (!isUtf8(bytes)) return { ok: false, code: 'utf8-invalid' };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (text.startsWith(bom)) return { ok: false, code: 'bom-present' };
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  // JSON.parse keeps the last of two members of a name without a word, so the text is read a second time.
  const code = judgeMembersAndValues(text, limits.jsonDepth);
  return code === undefined ? parsed : { ok: false, code };
}

function parseJson(text: string): IJson {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, code: 'json-invalid' };
  }
}
