function parseIpv4(text: string): readonly number[] {
  return text.split('.').map(Number);
}

/** The bytes of an IPv4 address (4) or an IPv6 address (16, RFC 4291, 2.2); none where the text is neither. */
export function parseAddress(text: string): readonly number[] {
  if (!text.includes(':')) return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? parseIpv4(text) : [];
  if (!/^[0-9a-fA-F:.]{2,45}$/.test(text)) return [];
  const [head = '', tail] = text.split('::');
  const wordsOf = (part: string): readonly number[] =>
    part
      .split(':')
      .filter((word) => word !== '')
      .flatMap((word) => {
        if (word.includes('.')) return parseIpv4(word);
        const value = Number.parseInt(word, 16);
        return [(value >> 8) & 255, value & 255];
      });
  const before = wordsOf(head);
  const after = wordsOf(tail ?? '');
  const zeros = tail === undefined ? 0 : Math.max(0, 16 - before.length - after.length);
  return [...before, ...Array.from({ length: zeros }, () => 0), ...after];
}
