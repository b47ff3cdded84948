import type { Fault, FaultCode } from '@liaison/contracts';
import { findAddress } from './address.ts';
import { findBase64Run } from './base64-run.ts';
import type { TextMember } from './collect-texts.ts';
import { findDataUri } from './data-uri.ts';
import { findDenseAlphabet } from './dense-alphabet.ts';
import { findFewSymbols } from './few-symbols.ts';
import { findHexRun } from './hex-run.ts';
import { findHiddenText } from './hidden-text.ts';
import { findMadeUpWords } from './made-up-words.ts';
import { findMarkup, findObject } from './markup.ts';
import { findMediaType } from './media-type.ts';
import { formsOf, type TextForms } from './text-forms.ts';
import { isTooLong } from './text-length.ts';

/** Each rule says in English what it found, or null. */
const rules: readonly (readonly [FaultCode, (forms: TextForms) => string | null])[] = [
  ['guard-media-type', findMediaType],
  ['guard-data-uri', findDataUri],
  ['guard-url', findAddress],
  ['guard-base64-run', findBase64Run],
  ['guard-base64-run', findDenseAlphabet],
  ['guard-base64-run', findMadeUpWords],
  ['guard-hex-run', findHexRun],
  ['guard-hex-run', findFewSymbols],
  ['guard-magic-number', findMarkup],
  ['guard-member-unknown', findObject],
  ['guard-hidden-text', findHiddenText],
];

/** Looks at words with every rule but the search for media, which is made of all words of a path together. */
export function inspectFreeText(member: TextMember): Fault[] {
  const { pointer } = member;
  const forms = formsOf(member.text);
  const faults: Fault[] = [];
  if (isTooLong(member.text, member.rule.maxCodePoints))
    faults.push({ pointer, code: 'guard-text-too-long' });
  for (const [code, find] of rules) {
    const detail = find(forms);
    if (detail !== null) faults.push({ pointer, code, detail });
  }
  return faults;
}
