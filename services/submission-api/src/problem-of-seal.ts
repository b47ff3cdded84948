import type { Fault, ProblemCode } from '@liaison/contracts';
import type { SealCode, SealFault } from '@liaison/seal';

/** The problem with which each refusal of the seal is answered. */
const problemBySealCode: Readonly<Record<SealCode, ProblemCode>> = {
  'message-too-large': 'body-too-large',
  'payload-too-large': 'payload-too-large',
  'header-too-large': 'jws-malformed',
  'part-count-wrong': 'jws-malformed',
  'part-empty': 'jws-malformed',
  'part-length-wrong': 'jws-malformed',
  'base64url-invalid': 'jws-malformed',
  'base64url-not-canonical': 'jws-malformed',
  'utf8-invalid': 'jws-malformed',
  'bom-present': 'jws-malformed',
  'json-invalid': 'jws-malformed',
  'json-not-object': 'jws-malformed',
  'json-too-deep': 'jws-malformed',
  'json-member-duplicate': 'jws-malformed',
  'json-member-forbidden': 'jws-malformed',
  'json-surrogate-lone': 'jws-malformed',
  'json-noncharacter': 'jws-malformed',
  'json-number-out-of-range': 'jws-malformed',
  'header-member-unknown': 'jws-malformed',
  'header-member-missing': 'jws-malformed',
  'header-member-malformed': 'jws-malformed',
  'header-member-repeated': 'jws-malformed',
  'alg-not-allowed': 'jws-malformed',
  'enc-not-allowed': 'jws-malformed',
  'typ-wrong': 'jws-malformed',
  'epk-not-on-curve': 'jws-malformed',
  'key-unknown': 'key-unknown',
  'key-use-wrong': 'sender-not-allowed',
  'key-not-yet-valid': 'key-not-valid',
  'key-expired': 'key-not-valid',
  'key-revoked': 'key-revoked',
  'signature-invalid': 'signature-invalid',
  'audience-wrong': 'audience-wrong',
  'iat-stale': 'iat-stale',
  'iat-in-future': 'iat-in-future',
  undecryptable: 'jws-malformed',
  'parcel-malformed': 'jws-malformed',
  'addressee-wrong': 'audience-wrong',
  'sender-wrong': 'jws-malformed',
  'kid-not-thumbprint': 'key-unknown',
};

/**
 * The problem and the one fault of a refused message. The fault points into the payload's place where that is known; the
 * member of a header is named in the detail, which goes to the caller only.
 */
export function problemOfSeal({ code, member, part }: SealFault): { problem: ProblemCode; fault: Fault } {
  const place = member ?? part;
  return {
    problem: problemBySealCode[code],
    fault: { pointer: '', code, ...(place === undefined ? {} : { detail: place.slice(0, 300) }) },
  };
}
