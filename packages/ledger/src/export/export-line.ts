import { decodeBase64Url } from '../bytes/base64.ts';
import { isJsonObject } from '../leaf/canonical-json.ts';

/** A line of an exported log, believed in nothing. */
export type ExportLine =
  | { readonly kind: 'log'; readonly origin: string; readonly size: number }
  | { readonly kind: 'leaf'; readonly position: number; readonly leaf: Uint8Array }
  | { readonly kind: 'checkpoint'; readonly note: string };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a line of `GET /log/export`; undefined if it is none. Members of later versions are ignored. */
export function parseExportLine(text: string): ExportLine | undefined {
  const value = parseJson(text);
  if (!isJsonObject(value)) return undefined;
  const { kind, origin, size, position, note } = value;
  switch (kind) {
    case 'log':
      // The keys that stand here are the log's own word; a verifier brings the ones it trusts.
      return typeof origin === 'string' && typeof size === 'number' ? { kind, origin, size } : undefined;
    case 'leaf': {
      const leaf = typeof value['leaf'] === 'string' ? decodeBase64Url(value['leaf']) : undefined;
      return typeof position === 'number' && leaf !== undefined ? { kind, position, leaf } : undefined;
    }
    case 'checkpoint':
      return typeof note === 'string' ? { kind, note } : undefined;
    default:
      return undefined;
  }
}
