import type { Kind } from './kind.ts';

const wide = ['note', 'statement', 'declaredNames'];

/** Bytes written in a well-known encoding, in members of words. */
export const encodingKinds: readonly Kind[] = [
  {
    name: 'base64-in-words',
    by: 'decoding base64',
    recipes: [
      { ways: [['base64']], payloads: ['gif', 'png', 'zip'], places: wide, code: 'guard-magic-number' },
      {
        ways: [['base64'], ['base64url', 'reverse']],
        payloads: ['cipher', 'long'],
        places: ['note', 'statement'],
        code: 'guard-base64-run',
      },
      {
        ways: [
          ['base64', 'groups 4'],
          ['base64', 'dashed 6'],
          ['base64', 'dotted 5'],
        ],
        payloads: ['cipher', 'long'],
        places: ['note'],
        code: 'guard-base64-run',
      },
      {
        ways: [['base64']],
        payloads: ['short'],
        places: ['legalReference', 'serviceName', 'authorityNames'],
        code: 'guard-base64-run',
      },
    ],
  },
  {
    name: 'hex-in-words',
    by: 'reading hexadecimal digits',
    recipes: [
      {
        ways: [['hex'], ['hexUpper', 'groups 4']],
        payloads: ['jpeg', 'gzip'],
        places: ['note', 'statement'],
        code: 'guard-magic-number',
      },
      {
        ways: [['hex'], ['hex', 'groups 2'], ['hexUpper', 'colons 2'], ['hex', 'reverse']],
        payloads: ['cipher', 'words'],
        places: ['note'],
        code: 'guard-hex-run',
      },
      {
        ways: [['hexUpper', 'dashed 4']],
        payloads: ['short'],
        places: ['legalReference', 'authorityNames'],
        code: 'guard-hex-run',
      },
      {
        ways: [['hex', 'groups 8']],
        payloads: ['short'],
        places: ['legalReference', 'authorityNames'],
        code: 'guard-base64-run',
      },
    ],
  },
  {
    name: 'base32-in-words',
    by: 'decoding base32, in one of its alphabets',
    recipes: [
      {
        ways: [['base32'], ['base32Lower'], ['base32hex'], ['crockford']],
        payloads: ['gif'],
        places: ['note', 'statement'],
        code: 'guard-magic-number',
      },
      {
        ways: [['base32'], ['base32Lower'], ['zbase32'], ['base32', 'groups 8'], ['base32Lower', 'dashed 5']],
        payloads: ['cipher', 'url'],
        places: ['note'],
        code: 'guard-base64-run',
      },
    ],
  },
  {
    name: 'big-number-in-words',
    by: 'reading one long number of base 10, 36, 58 or 62',
    recipes: [
      {
        ways: [['base36'], ['base58'], ['base62'], ['base58', 'groups 5'], ['base62', 'dashed 7']],
        payloads: ['jpeg', 'cipher', 'words'],
        places: ['note'],
        code: 'guard-base64-run',
      },
      {
        ways: [['integer'], ['integer', 'groups 5'], ['integer', 'groups 3'], ['integer', 'dotted 10']],
        payloads: ['png', 'long'],
        places: ['note'],
        code: 'guard-hex-run',
      },
    ],
  },
  {
    name: 'base85-in-words',
    by: 'decoding base85 or base45',
    recipes: [
      {
        ways: [['ascii85'], ['z85'], ['base85'], ['base45']],
        payloads: ['gif', 'png'],
        places: ['note', 'statement'],
        code: 'guard-magic-number',
      },
      {
        ways: [['ascii85'], ['z85'], ['base85'], ['ascii85', 'groups 10']],
        payloads: ['long'],
        places: ['note', 'declaredNames'],
        code: 'guard-base64-run',
      },
      {
        ways: [['wrap <~%~>']].map(([wrap = '']) => ['ascii85', wrap]),
        payloads: ['pdf'],
        places: ['note'],
        code: 'guard-magic-number',
      },
    ],
  },
  {
    name: 'uuencode-and-kin',
    by: 'decoding uuencode, xxencode or yEnc',
    recipes: [
      {
        ways: [['uuencode'], ['xxencode']],
        payloads: ['gif', 'png', 'cipher', 'long'],
        places: ['note', 'statement'],
        code: 'guard-base64-run',
      },
      {
        ways: [['yenc']],
        payloads: ['gif', 'jpeg', 'cipher'],
        places: ['note', 'statement'],
        code: 'guard-base64-run',
      },
    ],
  },
];
