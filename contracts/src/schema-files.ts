import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const root = new URL('..', import.meta.url);
/** Base of every `$id`; the files' places below `contracts/` mirror it. */
const base = 'https://liaison.example/';

/** A JSON object whose shape is the schema language's affair. */
export type SchemaDocument = Readonly<Record<string, unknown>>;

function isDocument(value: unknown): value is SchemaDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readDocument(path: string): SchemaDocument {
  const text = readFileSync(new URL(path, root), 'utf8');
  const document: unknown = path.endsWith('.json') ? JSON.parse(text) : parse(text);
  if (!isDocument(document)) throw new TypeError(`not an object: ${path}`);
  return document;
}

/** All JSON Schemas of `schemas/`, by file name without `.json`, for example `referral.v1`. */
export function readSchemas(): ReadonlyMap<string, SchemaDocument> {
  const names = readdirSync(new URL('schemas/', root)).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name.slice(0, -'.json'.length), readDocument(`schemas/${name}`)]));
}

/** One OpenAPI document of `openapi/`, for example `submission-api`. */
export function readOpenApi(name: string): SchemaDocument {
  return readDocument(`openapi/${name}.v1.yaml`);
}

/** Address of a schema file. */
export function schemaId(name: string): string {
  return `${base}schemas/${name}.json`;
}

/** Address under which an OpenAPI document's `$ref`s resolve. */
export function openApiId(name: string): string {
  return `${base}openapi/${name}.v1.yaml`;
}
