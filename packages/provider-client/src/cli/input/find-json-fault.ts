const space = /[ \t\n\r]*/y;
// Control characters may not stand in a string (RFC 8259, 7), except those from U+007F.
const string = /"(?:[^"\\\p{Cc}]|[\u007F-\u009F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** What may come next. */
type Expected = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'commaOrEnd';

function matchAt(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/**
 * Finds where a text stops being JSON (RFC 8259); its length where it only ends too early. The engine's own message names
 * the place for some faults alone, and quotes the text.
 */
export function findJsonFault(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = matchAt(space, text, at) ?? at;
    const character = text[at];
    const inside = open.at(-1);
    if (character === undefined) return at;
    const closes = inside === '{' ? character === '}' : inside === '[' && character === ']';
    if (closes && expected.endsWith('OrEnd')) {
      open.pop();
      expected = 'commaOrEnd';
      at += 1;
    } else if (expected === 'name' || expected === 'nameOrEnd') {
      const end = matchAt(string, text, at);
      if (end === null) return at;
      at = end;
      expected = 'colon';
    } else if (expected === 'colon') {
      if (character !== ':') return at;
      at += 1;
      expected = 'value';
    } else if (expected === 'commaOrEnd') {
      if (character !== ',' || inside === undefined) return at;
      at += 1;
      expected = inside === '{' ? 'name' : 'value';
    } else if (character === '{' || character === '[') {
      open.push(character);
      at += 1;
      expected = character === '{' ? 'nameOrEnd' : 'valueOrEnd';
    } else {
      const end = matchAt(string, text, at) ?? matchAt(scalar, text, at);
      if (end === null) return at;
      at = end;
      expected = 'commaOrEnd';
    }
  }
}
