/** OID of bytea in pg_type.dat. */
const byteaOid = 17;
const headerBytes = 20;

/** Whether a parameter is an array of bytes, which `pg` would write as hex inside of quotes. */
export function isArrayOfBytes(value: unknown): value is readonly (Uint8Array | null)[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const elements: readonly unknown[] = value;
  return (
    elements.some((element) => element instanceof Uint8Array) &&
    elements.every((element) => element === null || element instanceof Uint8Array)
  );
}

/**
 * The binary form of a one-dimensional bytea[] (array_recv of PostgreSQL): half the size of its text, and neither side has to
 * go through it character by character.
 */
export function encodeByteaArray(elements: readonly (Uint8Array | null)[]): Buffer {
  const size = elements.reduce((sum, element) => sum + 4 + (element?.length ?? 0), headerBytes);
  const buffer = Buffer.allocUnsafe(size);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(elements.includes(null) ? 1 : 0, 4);
  buffer.writeInt32BE(byteaOid, 8);
  buffer.writeInt32BE(elements.length, 12);
  buffer.writeInt32BE(1, 16);
  let at = headerBytes;
  for (const element of elements) {
    buffer.writeInt32BE(element?.length ?? -1, at);
    at += 4;
    if (element === null) continue;
    buffer.set(element, at);
    at += element.length;
  }
  return buffer;
}
