import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refusalRuleOf, unansweredCode } from './refusal-rule.ts';

const refusals = JSON.parse(
  readFileSync(new URL('../../../../contracts/codes/refusals.v1.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

const repacked = { action: 'repack', alarm: 'dispatchUndecryptable' };
const notUnderstood = { action: 'park', alarm: 'dispatchParked' };
const mistrusted = { action: 'park', alarm: 'dispatchSignatureRefused' };

const expected = {
  undecryptable: repacked,
  'parcel-malformed': repacked,
  'version-unknown': notUnderstood,
  'kind-unknown': notUnderstood,
  'schema-invalid': notUnderstood,
  'in-reply-to-unknown': notUnderstood,
  'jws-malformed': mistrusted,
  'signature-invalid': mistrusted,
  'key-unknown': mistrusted,
  'key-not-valid': mistrusted,
  'audience-wrong': mistrusted,
  'id-reused': mistrusted,
};

test('every code with which a message may be refused has its rule', () => {
  const rules = Object.fromEntries(Object.keys(refusals).map((code) => [code, refusalRuleOf(code)]));
  expect(rules).toEqual(expected);
});

test('what an opened parcel does not answer is mistrusted: who cannot verify a message cannot name it', () => {
  expect(refusalRuleOf(unansweredCode)).toEqual(mistrusted);
  expect(Object.keys(refusals)).not.toContain(unansweredCode);
});

test.each(['code-of-a-later-version', 'constructor', ''])(
  'a code that we do not know, %j, is parked',
  (code) => {
    expect(refusalRuleOf(code)).toEqual(notUnderstood);
  },
);
