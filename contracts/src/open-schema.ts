import type { SchemaDocument } from './schema-files.ts';

/** Any minor version of the first major. */
const anyMinor = { type: 'string', pattern: '^1\\.[0-9]+$' };

function openNode(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(openNode);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node as Record<string, unknown>)
    .filter(([name, value]) => !(name === 'additionalProperties' && value === false))
    .map(([name, value]) => [
      name,
      name === 'schemaVersion' && isVersion(value) ? anyMinor : openNode(value),
    ]);
  return Object.fromEntries(entries) as unknown;
}

function isVersion(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'enum' in value;
}

/**
 * A schema as a receiver reads it: objects may have further members, and `schemaVersion` may be a later minor one.
 * Minor versions only add, so what is left still holds.
 */
export function openSchema(schema: SchemaDocument): SchemaDocument {
  return openNode(schema) as SchemaDocument;
}
