const selectorOrTag = /\p{Variation_Selector}|[\u{E0020}-\u{E007E}]/gu;

function readOne(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0xfe00) return '';
  if (code >= 0xe0100) return `\\x${(code - 0xe0100 + 16).toString(16).padStart(2, '0')}`;
  if (code >= 0xe0020) return String.fromCharCode(code - 0xe0000);
  return `\\x${(code - 0xfe00).toString(16).padStart(2, '0')}`;
}

/**
 * Makes visible what invisible characters can carry: tags are ASCII moved out of sight (U+E0020 to U+E007E), and each of
 * the 256 variation selectors can stand for one byte.
 */
export function readSelectors(text: string): string {
  return /[\uFE00-\uFE0F\uDB40]/.test(text) ? text.replace(selectorOrTag, readOne) : text;
}
