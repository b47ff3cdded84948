import { locatePointer, positionAt, type TextPosition } from './locate-pointer.ts';

/** A referral as a file has it, not yet looked at. */
export interface GivenReferral {
  readonly value: unknown;
  /** Where it stands, for a person: `cases.json`, `cases.json#3`, `cases.ndjson:7`. */
  readonly place: string;
  /** Name of the file, or `-`. */
  readonly file: string;
  /** Where in the file a JSON Pointer into this referral leads. */
  locate(pointer: string): TextPosition;
}

/** The text that a referral was read from. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Which line of the file the text begins with. */
  readonly firstLine: number;
  /** Where in the text the referral stands. */
  readonly pointer: string;
}

/** Makes what is given of a value and its text; positions are only worked out where somebody asks. */
export function createGiven(value: unknown, place: string, source: SourceText): GivenReferral {
  const { file, text, firstLine, pointer: base } = source;
  return {
    value,
    place,
    file,
    locate(pointer) {
      const { line, column } = positionAt(text, locatePointer(text, `${base}${pointer}`));
      return { line: line + firstLine - 1, column };
    },
  };
}
