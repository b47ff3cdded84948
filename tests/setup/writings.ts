import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningLocal } from '@liaison/local';
import type { ByteSearch, WantedValues } from './byte-search.ts';

/** What a run has written, by the place where it stands. */
export type Writings = ReadonlyMap<string, string>;

/** Reads the logs of all services, and that of PostgreSQL, which lies in its own folder. */
export function readLogs(local: RunningLocal, server: string): Writings {
  const { logs } = local.folder;
  const ofServices = readdirSync(logs).map((name) => join(logs, name));
  const ofServer = ['postgresql.log', 'postgresql.log.1'].map((name) => join(server, name));
  return new Map(
    [...ofServices, ...ofServer.filter((file) => existsSync(file))].map((file) => [
      file.split('/').at(-1) ?? file,
      readFileSync(file, 'utf8'),
    ]),
  );
}

/** Reads what each service shows to Prometheus, at the address that its log named last. */
export async function readMetrics(logs: Writings): Promise<Writings> {
  const found = [...logs].flatMap(([name, text]) => {
    const origin = [...text.matchAll(/"operations":"(http:[^"]+)"/g)].at(-1)?.[1];
    return origin === undefined ? [] : [[`metrics of ${name}`, `${origin}/metrics`] as const];
  });
  return new Map(
    await Promise.all(found.map(async ([name, url]) => [name, await (await fetch(url)).text()] as const)),
  );
}

/** Adds the forms that text takes in JSON and in addresses; the search itself knows those of bytes. */
export function withSpellings(values: WantedValues): WantedValues {
  const spelt = Object.entries(values).flatMap(([name, value]) => {
    if (typeof value !== 'string') return [];
    const forms = {
      escaped: JSON.stringify(value).slice(1, -1),
      'percent-encoded': encodeURIComponent(value),
    };
    return Object.entries(forms)
      .filter(([, form]) => form !== value)
      .map(([form, text]) => [`${name}, ${form}`, text] as const);
  });
  return { ...values, ...Object.fromEntries(spelt) };
}

/** The payloads, as far as they tell them apart, and the signatures of every JWS that stands in text. */
export function jwsPartsIn(text: string): WantedValues {
  const found = [...text.matchAll(/eyJ[\w-]+\.([\w-]{8,})\.([\w-]{40,})/g)];
  return Object.fromEntries(
    found.flatMap(([, payload = '', signature = ''], index) => [
      [`payload ${index}`, payload.slice(0, 200)],
      [`signature ${index}`, signature],
    ]),
  );
}

/** Finds what stands in writings, as `name in place`. */
export function findIn(writings: Writings, search: ByteSearch): string[] {
  return [...writings].flatMap(([place, text]) =>
    [...search.find(Buffer.from(text))].map((name) => `${name} in ${place}`),
  );
}

/** What is found in text, whatever its spelling. */
export function namesIn(text: string, search: ByteSearch): ReadonlySet<string> {
  return new Set([...search.find(Buffer.from(text))].map((name) => name.split(', ')[0] ?? name));
}
