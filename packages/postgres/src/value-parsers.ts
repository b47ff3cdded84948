import pg from 'pg';
import type { CustomTypesConfig } from 'pg';

import { DatabaseError } from './database-error.ts';

type Parse = (text: string) => unknown;

/** Type OIDs of pg_type.dat. */
const oid = {
  int8: 20,
  int8Array: 1016,
  textArray: 1009,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  timestamptzArray: 1185,
  dateArray: 1182,
} as const;

/**
 * How values arrive: int8 as a number (an unsafe one is an error, never rounded), timestamptz as RFC 3339 in UTC with
 * milliseconds, date and timestamp as the text they are (a Date would put them into the process's time zone),
 * everything else as `pg` does it.
 */
export function createValueParsers(): CustomTypesConfig {
  const parsers = new Map<number, Parse>([
    [oid.int8, parseInt8],
    [oid.int8Array, arrayOf(parseInt8)],
    [oid.date, asText],
    [oid.dateArray, arrayOf(asText)],
    [oid.timestamp, asText],
    [oid.timestamptz, parseTimestamptz],
    [oid.timestamptzArray, arrayOf(parseTimestamptz)],
  ]);
  return {
    getTypeParser: (type: number, format?: 'text' | 'binary') =>
      (format === 'binary' ? undefined : parsers.get(type)) ?? builtInParser(type, format),
  };
}

function builtInParser(type: number, format: 'text' | 'binary' = 'text'): Parse {
  const getParser = pg.types.getTypeParser as (type: number, format: string) => Parse;
  return getParser(type, format);
}

export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new DatabaseError('value-out-of-range');
  return value;
}

/** Of the ISO output format with time zone UTC, "2025-01-31 12:00:00.123456+00"; microseconds are cut off. */
export function parseTimestamptz(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/u.exec(text);
  if (parts === null) throw new DatabaseError('value-out-of-range');
  const [, date, time, fraction = ''] = parts;
  return `${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

/** The parser of text[] leaves the elements as they are. */
function arrayOf(parse: Parse): Parse {
  return (text) => mapNested(builtInParser(oid.textArray)(text), parse);
}

function mapNested(value: unknown, parse: Parse): unknown {
  if (Array.isArray(value)) return value.map((element) => mapNested(element, parse));
  return typeof value === 'string' ? parse(value) : value;
}

function asText(text: string): string {
  return text;
}
