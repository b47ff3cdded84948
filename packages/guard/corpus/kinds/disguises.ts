import type { Kind } from './kind.ts';

const wide = ['note', 'statement', 'declaredNames'];

/** Bytes written as escapes or numbers, encoded twice, enciphered or wrapped, in members of words. */
export const disguiseKinds: readonly Kind[] = [
  {
    name: 'escapes-in-words',
    by: 'undoing the escapes of a programming language, of addresses or of mail',
    recipes: [
      {
        ways: [['percent'], ['xEscapes'], ['uEscapes'], ['cArray'], ['octalEscapes'], ['uPlus']],
        payloads: ['gif'],
        places: ['note', 'statement'],
        code: 'guard-magic-number',
      },
      {
        ways: [['percent'], ['xEscapes'], ['uEscapes'], ['cArray'], ['octalEscapes'], ['uPlus']],
        payloads: ['cipher'],
        places: ['note'],
        code: 'guard-hex-run',
      },
      {
        ways: [['quotedPrintable']],
        payloads: ['jpeg', 'png', 'gif'],
        places: ['note', 'statement'],
        code: 'guard-magic-number',
      },
    ],
  },
  {
    name: 'entities-in-words',
    by: 'reading the entities of HTML',
    recipes: [
      {
        ways: [['entities'], ['entitiesHex']],
        payloads: ['gif', 'mp4'],
        places: ['note', 'statement'],
        code: 'guard-magic-number',
      },
      {
        ways: [['entities'], ['entitiesHex']],
        payloads: ['words', 'cipher'],
        places: ['note'],
        code: 'guard-hex-run',
      },
    ],
  },
  {
    name: 'numbers-in-words',
    by: 'reading numbers as bytes',
    recipes: [
      {
        ways: [['decimal'], ['signed'], ['octal']],
        payloads: ['gif', 'webp'],
        places: ['note'],
        code: 'guard-magic-number',
      },
      {
        ways: [['decimal'], ['octal'], ['digits3'], ['digits3', 'groups 6']],
        payloads: ['cipher'],
        places: ['note', 'statement'],
        code: 'guard-hex-run',
      },
    ],
  },
  {
    name: 'encoded-twice',
    by: 'undoing two encodings',
    recipes: [
      {
        ways: [
          ['base64', 'base64'],
          ['hex', 'base64'],
          ['base64', 'hex'],
          ['base64', 'percent'],
          ['base32', 'hex'],
        ],
        payloads: ['gif'],
        places: ['note'],
        code: 'guard-magic-number',
      },
      {
        ways: [
          ['base64', 'base64'],
          ['base64', 'hex'],
          ['hex', 'base64url'],
        ],
        payloads: ['webp'],
        places: ['userIds', 'usernames', 'evidenceReferences 128'],
        code: 'guard-magic-number',
      },
      {
        ways: [
          ['base64', 'base32'],
          ['hex', 'base32Lower'],
        ],
        payloads: ['gif'],
        places: ['userIds'],
        code: 'guard-magic-number',
      },
    ],
  },
  {
    name: 'enciphered-in-words',
    by: 'a constant that is exchanged beforehand (XOR), after decoding',
    recipes: [
      {
        ways: [
          ['xor 5a', 'base64'],
          ['xor ff', 'base64url'],
          ['xor a7', 'ascii85'],
        ],
        payloads: ['jpeg', 'png'],
        places: wide.slice(0, 2),
        code: 'guard-base64-run',
      },
      {
        ways: [
          ['xor 5a', 'hex'],
          ['xor ff', 'xEscapes'],
          ['xor 01', 'decimal'],
        ],
        payloads: ['gif'],
        places: ['note', 'statement'],
        code: 'guard-hex-run',
      },
    ],
  },
  {
    name: 'wrapped-in-words',
    by: 'taking it out of a PEM block, a JSON text, a data URI, an attachment of mail or a shell command',
    recipes: [
      {
        ways: [
          ['base64', 'wrap -----BEGIN CERTIFICATE----- % -----END CERTIFICATE-----'],
          ['base64', 'wrap {"thumbnail":"%"}'],
          ['base64', 'wrap Content-Transfer-Encoding: base64 %'],
        ],
        payloads: ['gif', 'png'],
        places: ['note', 'statement'],
        code: 'guard-magic-number',
      },
      {
        ways: [
          ['base64', 'wrap -----BEGIN PGP MESSAGE----- % -----END PGP MESSAGE-----'],
          ['base64', 'wrap echo % | base64 -d'],
          ['hex', 'base64', 'wrap atob("%")'],
        ],
        payloads: ['cipher'],
        places: ['note'],
        code: 'guard-base64-run',
      },
      {
        ways: [
          ['base64', 'wrap data:image/gif;base64,%'],
          ['percent', 'wrap data:image/gif,%'],
          ['base64', 'wrap DATA : image/gif ; base64 , %'],
        ],
        payloads: ['gif'],
        places: ['note', 'statement', 'usernames'],
        code: 'guard-data-uri',
      },
      {
        ways: [['wrap {"from":"a","text":"%","to":"b"}'], ['wrap [{"message":"%"}]']],
        payloads: ['words'],
        places: ['note', 'statement'],
        code: 'guard-member-unknown',
      },
      {
        ways: [['wrap image/png %'], ['wrap Content-Type: application/octet-stream %']].map(([wrap = '']) => [
          'base64',
          wrap,
        ]),
        payloads: ['short'],
        places: ['note', 'statement'],
        code: 'guard-media-type',
      },
    ],
  },
  {
    name: 'markup-in-words',
    by: 'opening the text in a browser',
    recipes: [
      {
        ways: [['wrap %'], ['named'], ['wrap Drawing: %'], ['percent']],
        payloads: ['svg'],
        places: ['note', 'statement'],
        code: 'guard-magic-number',
      },
      {
        ways: [
          ['wrap <script>alert("%")</script>'],
          ['wrap <iframe srcdoc="%">'],
          ['wrap <img src=x alt="%">'],
        ],
        payloads: ['words'],
        places: ['note'],
        code: 'guard-magic-number',
      },
    ],
  },
];
