const dot = 0x2e;

/** What the number of parts of a compact serialisation says. */
export type CompactKind = 'jws' | 'jwe' | 'neither';

/**
 * Tells a compact JWS from a compact JWE by their parts (RFC 7515, 3.1; RFC 7516, 3.1), and looks at nothing else: what
 * it says is no judgement on the message.
 */
export function compactKindOf(text: Uint8Array): CompactKind {
  let parts = 1;
  for (let at = text.indexOf(dot); at >= 0 && parts <= 5; at = text.indexOf(dot, at + 1)) parts += 1;
  if (parts === 3) return 'jws';
  return parts === 5 ? 'jwe' : 'neither';
}
