import type { Fault } from '@liaison/contracts';
import { findAddressInIdentifier } from './address.ts';
import { bounds } from './bounds.ts';
import type { TextMember } from './collect-texts.ts';
import { findDataUri } from './data-uri.ts';
import { countHidden } from './hidden-text.ts';
import { formsOf } from './text-forms.ts';

/** An address, a data URI and what is hidden all need one of these. */
const mayBeMore = /[^ -~]|[:;/\\%&=]|^www/i;

/** What a member that may be an address is allowed to look like; null for one that may not be an address at all. */
function addressFormOf({ rule: { path }, identifierType }: TextMember): RegExp | null {
  if (identifierType === 'profileUrl' && path.endsWith('/value')) return /^https?:\/\/[^\s?#]+$/i;
  if (path === '/urls/*/url') return /^https?:\/\/\S+$/i;
  return path === '/service/url' ? /^https:\/\/[^\s/?#]+\/?$/i : null;
}

/**
 * Looks at an identifier, a reference or an address. Their characters are their sender's affair: no rule about runs
 * applies; what they may not be is an address where none belongs, a data URI, or a message in characters nobody sees.
 */
export function inspectIdentifier(member: TextMember): Fault[] {
  const { pointer, text } = member;
  if (!mayBeMore.test(text)) return [];
  const forms = formsOf(text);
  const faults: Fault[] = [];
  const dataUri = findDataUri(forms);
  if (dataUri !== null) faults.push({ pointer, code: 'guard-data-uri', detail: dataUri });
  const addressForm = addressFormOf(member);
  if (addressForm === null) {
    const detail = findAddressInIdentifier(forms);
    if (detail !== null) faults.push({ pointer, code: 'guard-url', detail });
  } else if (!addressForm.test(text)) {
    faults.push({ pointer, code: 'guard-url', detail: 'is an address with parts that may not be there' });
  }
  if (countHidden(text) > bounds.hiddenInIdentifier) faults.push({ pointer, code: 'guard-hidden-text' });
  return faults;
}
