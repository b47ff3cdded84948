import type { WrappingKey } from './content-cipher.ts';

/** A wrapping key as a file of secrets has it. */
export interface StoredWrappingKey {
  readonly id: string;
  /** Base64 of 32 bytes. */
  readonly bytes: string;
}

/** JSON Schema of the wrapping keys in a file; the first one wraps, all of them unwrap. */
export const wrappingKeysSchema = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['id', 'bytes'],
    properties: {
      id: { type: 'string', minLength: 1 },
      bytes: { type: 'string', pattern: '^[A-Za-z0-9+/]{43}=$' },
    },
  },
};

/** The keys of a file, as the content cipher takes them. */
export function readWrappingKeys(stored: readonly StoredWrappingKey[]): WrappingKey[] {
  return stored.map(({ id, bytes }) => ({ id, bytes: Buffer.from(bytes, 'base64') }));
}
