/** Where something stands in a text, both from 1; columns are counted in UTF-16 units, as editors do. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The position of an offset in a text. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

const space = /[\s\uFEFF]*/y;
const string = /"(?:[^"\\]|\\.)*"/y;
const scalar = /[^\s,\]}]+/y;

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

const skipSpace = (text: string, at: number): number => skip(space, text, at);

interface Member {
  readonly name: string;
  /** Of the name, or of the entry of an array. */
  readonly nameAt: number;
  readonly valueAt: number;
}

/** Passes over one value of valid JSON. @returns the offset behind it. */
function skipValue(text: string, at: number): number {
  const open = text[at];
  if (open === '"') return skip(string, text, at);
  if (open !== '{' && open !== '[') return skip(scalar, text, at);
  let depth = 0;
  for (let offset = at; offset < text.length; offset += 1) {
    const character = text[offset];
    if (character === '"') offset = skip(string, text, offset) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return offset + 1;
    }
  }
  return text.length;
}

function* membersOf(text: string, openAt: number): Generator<Member> {
  const isObject = text[openAt] === '{';
  let at = skipSpace(text, openAt + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index += 1) {
    const nameAt = at;
    let name = String(index);
    if (isObject) {
      const end = skip(string, text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    yield { name, nameAt, valueAt: at };
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
}

/**
 * Finds where a JSON Pointer (RFC 6901) leads in a text of valid JSON: the member's name, or the nearest place that is
 * there of what is missing. Of two members with one name it is the last, as it is for whoever parses.
 * @returns an offset.
 */
export function locatePointer(text: string, pointer: string): number {
  let at = skipSpace(text, 0);
  let shownAt = at;
  for (const token of pointer.split('/').slice(1)) {
    if (text[at] !== '{' && text[at] !== '[') return shownAt;
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const found = [...membersOf(text, at)].findLast((member) => member.name === name);
    if (found === undefined) return shownAt;
    shownAt = found.nameAt;
    at = found.valueAt;
  }
  return shownAt;
}
