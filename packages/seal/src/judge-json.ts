import type { SealCode } from './codes.ts';

const codeOf = (char: string): number => char.charCodeAt(0);
const quote = codeOf('"');
const backslash = codeOf('\\');
const comma = codeOf(',');
const minus = codeOf('-');
const plus = codeOf('+');
const point = codeOf('.');
const zero = codeOf('0');
const nine = codeOf('9');
const lowerE = codeOf('e');
const upperE = codeOf('E');
const openBracket = codeOf('[');
const closeBracket = codeOf(']');
const openBrace = codeOf('{');
const closeBrace = codeOf('}');

/** A number of so few characters fits a double, unless it has an exponent. */
const safeNumberLength = 15;

/**
 * Finds what `JSON.parse` lets pass in a text that it has accepted: duplicate names, lone surrogates,
 * noncharacters, numbers out of range (RFC 7493, 2.1 to 2.3), and nesting beyond `maxDepth`.
 * One pass without recursion; valid grammar is a precondition.
 * @returns the code of the first fault, or undefined.
 */
export function judgeMembersAndValues(text: string, maxDepth: number): SealCode | undefined {
  if (hasNoncharacter(text)) return 'json-noncharacter';
  // Names seen in every open object; null stands for an open array.
  const open: (Set<string> | null)[] = [];
  let nameNext = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === quote) {
      const end = closingQuote(text, at + 1);
      const code = judgeString(text.slice(at, end + 1), nameNext ? open.at(-1) : null);
      if (code !== undefined) return code;
      nameNext = false;
      at = end;
    } else if (char === comma) {
      nameNext = open.at(-1) !== null;
    } else if (char === minus || (char >= zero && char <= nine)) {
      const end = numberEnd(text, at);
      if (!isInRange(text, at, end)) return 'json-number-out-of-range';
      at = end - 1;
    } else if (char === openBrace || char === openBracket) {
      open.push(char === openBrace ? new Set() : null);
      if (open.length > maxDepth) return 'json-too-deep';
      nameNext = char === openBrace;
    } else if (char === closeBrace || char === closeBracket) {
      open.pop();
    }
  }
  return undefined;
}

function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

/** Judges a string as written, quotes included; `names` are those before it in its object, if it is a name. */
function judgeString(written: string, names: Set<string> | null | undefined): SealCode | undefined {
  const escaped = written.includes('\\');
  const content = escaped ? String(JSON.parse(written)) : written.slice(1, -1);
  if (escaped && !content.isWellFormed()) return 'json-surrogate-lone';
  if (escaped && hasNoncharacter(content)) return 'json-noncharacter';
  if (names === null || names === undefined) return undefined;
  if (content === '__proto__') return 'json-member-forbidden';
  if (names.has(content)) return 'json-member-duplicate';
  names.add(content);
  return undefined;
}

function hasNoncharacter(text: string): boolean {
  // All noncharacters need a code unit from U+D83F on; asking that first is several times faster.
  return /[\uD83F-\uFFFF]/.test(text) && /\p{Noncharacter_Code_Point}/u.test(text);
}

function numberEnd(text: string, start: number): number {
  let end = start + 1;
  while (isOfNumber(text.charCodeAt(end))) end += 1;
  return end;
}

function isOfNumber(char: number): boolean {
  if (char >= zero && char <= nine) return true;
  return char === point || char === minus || char === plus || char === lowerE || char === upperE;
}

function isInRange(text: string, start: number, end: number): boolean {
  const literal = text.slice(start, end);
  const exponent = /e/i.test(literal);
  if (!exponent && literal.length <= safeNumberLength) return true;
  const value = Number(literal);
  if (!exponent && !literal.includes('.')) return Number.isSafeInteger(value);
  if (value === 0) return !/[1-9]/.test(literal.replace(/e.*/i, ''));
  return Number.isFinite(value);
}
