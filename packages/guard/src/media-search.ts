import { createAllAlphabets, createCommonAlphabets, type AlphabetSet } from './alphabets.ts';
import { bounds } from './bounds.ts';
import { readByteLists } from './byte-lists.ts';
import { asciiOf } from './digits.ts';
import { searchGroups } from './group-search.ts';
import { compileSignatures, type SignatureTable } from './media-signatures.ts';
import { createSieves } from './sieves.ts';
import { searchSymbols, type SearchTools } from './symbol-search.ts';
import { mayHoldEscapes, unescapeBytes } from './unescape.ts';

/** The beginning of a file, found in a text. */
export interface MediaFinding {
  /** UTF-16 index in the text at which it begins. */
  readonly at: number;
  /** What it is, in English: `JPEG in base64`. */
  readonly what: string;
}

/** What was found; `exhausted` where more text stood inside encodings than is searched. */
export interface MediaFindings {
  readonly findings: readonly MediaFinding[];
  readonly exhausted: boolean;
}

/** Searches for the beginnings of media. */
export interface MediaSearch {
  /** Under every encoding: for words. */
  readonly searchWords: (text: string) => MediaFindings;
  /** Under the common encodings: for identifiers and references, of which there may be many. */
  readonly searchIdentifiers: (text: string) => MediaFindings;
  /** In bytes as they are; `at` is the index of a byte. */
  readonly searchBytes: (bytes: Uint8Array) => readonly MediaFinding[];
}

interface Level {
  readonly found: (at: number, what: string) => void;
  readonly isFull: () => boolean;
  readonly inner: ((text: string, locate: (at: number) => number) => void) | null;
}

function searchBytesIn(bytes: Uint8Array, table: SignatureTable): readonly MediaFinding[] {
  const findings: MediaFinding[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    if (table.starts[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] === 0) continue;
    const name = table.nameAt((index) => bytes[at + index] ?? -1);
    if (name !== null) findings.push({ at, what: name });
  }
  return findings;
}

/** Prepares the tables of signatures and alphabets; made once by `createGuard`. */
export function createMediaSearch(): MediaSearch {
  const table = compileSignatures();
  const sieves = createSieves(table.starts);

  const searchLevel = (text: string, alphabets: AlphabetSet, level: Level): void => {
    const toolsOf = (encoding: string): SearchTools => ({
      table,
      sieves,
      media: (at, name) => {
        level.found(at, `${name} in ${encoding}`);
      },
      isFull: level.isFull,
      inner: level.inner,
    });
    const codes = asciiOf(text);
    for (const alphabet of alphabets.symbols) {
      const isTried = alphabet.onlyWith === null || alphabet.onlyWith.test(text);
      if (isTried) searchSymbols(codes, alphabet, toolsOf(alphabet.name));
    }
    for (const alphabet of alphabets.groups) searchGroups(codes, alphabet, toolsOf(alphabet.name));
    for (const { bytes, positions } of readByteLists(codes)) {
      for (const { at, what } of searchBytesIn(bytes, table)) {
        level.found(positions[at] ?? 0, `${what} in numbers`);
      }
    }
    if (!mayHoldEscapes(text)) return;
    const { bytes, positions, stretches } = unescapeBytes(codes);
    for (const { from, to } of stretches) {
      const stretch = bytes.subarray(from, to);
      const locate = (at: number): number => positions[from + at] ?? 0;
      for (const { at, what } of searchBytesIn(stretch, table)) level.found(locate(at), `${what} in escapes`);
      level.inner?.(Buffer.from(stretch).toString('latin1'), locate);
    }
  };

  const search = (text: string, alphabets: AlphabetSet): MediaFindings => {
    const findings: MediaFinding[] = [];
    let innerUnits = 0;
    const found = (at: number, what: string): void => {
      findings.push({ at, what });
    };
    const isFull = (): boolean => findings.length >= bounds.findings;
    const inner = (innerText: string, locate: (at: number) => number): void => {
      innerUnits += innerText.length;
      if (innerUnits > bounds.innerUnits) return;
      const foundInside = (at: number, what: string): void => {
        found(locate(at), `${what}, encoded twice`);
      };
      searchLevel(innerText, alphabets, { found: foundInside, isFull, inner: null });
    };
    searchLevel(text, alphabets, { found, isFull, inner });
    return { findings, exhausted: innerUnits > bounds.innerUnits };
  };

  const common = createCommonAlphabets();
  const all = createAllAlphabets();
  return {
    searchWords: (text) => search(text, all),
    searchIdentifiers: (text) => search(text, common),
    searchBytes: (bytes) => searchBytesIn(bytes, table),
  };
}
