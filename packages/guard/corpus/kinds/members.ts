import type { Kind } from './kind.ts';

/** Files cut over identifiers, references, digests, addresses and numbers. */
export const memberKinds: readonly Kind[] = [
  {
    name: 'cut-over-identifiers',
    by: 'joining identifiers and decoding them',
    recipes: [
      {
        ways: [['base64'], ['hex'], ['base32']],
        payloads: ['jpeg', 'png'],
        places: ['userIds 12', 'usernames 9', 'emails 24'],
        code: 'guard-magic-number',
      },
      {
        ways: [['base64']],
        payloads: ['zip', 'png', 'webp'],
        places: ['userIds 3', 'plusAddresses 20'],
        code: 'guard-magic-number',
      },
      { ways: [['ascii85']], payloads: ['gif', 'png'], places: ['userIds 40'], code: 'guard-magic-number' },
    ],
  },
  {
    name: 'cut-among-others',
    by: 'joining every second identifier and decoding them',
    recipes: [
      {
        ways: [['base64'], ['base64url']],
        payloads: ['gif', 'png', 'jpeg'],
        places: ['userIdsAmongEmails 20'],
        code: 'guard-magic-number',
      },
      {
        ways: [['base64'], ['hex']],
        payloads: ['webp', 'gif'],
        places: ['userIdsAmongEmails 9'],
        code: 'guard-magic-number',
      },
    ],
  },
  {
    name: 'cut-over-references',
    by: 'joining references and decoding them',
    recipes: [
      {
        ways: [['base64url'], ['hex'], ['base32']],
        payloads: ['jpeg', 'gzip', 'pdf'],
        places: ['evidenceReferences 20'],
        code: 'guard-magic-number',
      },
      {
        ways: [['hex'], ['base64url']],
        payloads: ['png', 'gif'],
        places: ['links 16', 'authorityReferences 20'],
        code: 'guard-magic-number',
      },
      {
        ways: [['base64url']],
        payloads: ['gif', 'webp'],
        places: ['providerReference', 'vaultReferences 40'],
        code: 'guard-magic-number',
      },
    ],
  },
  {
    name: 'cut-over-texts',
    by: 'joining several texts and decoding them',
    recipes: [
      {
        ways: [['base32'], ['hex'], ['base64']],
        payloads: ['gif', 'png'],
        places: ['threeTexts 48'],
        code: 'guard-magic-number',
      },
      {
        ways: [['decimal'], ['percent'], ['octal']],
        payloads: ['webp'],
        places: ['threeTexts 60'],
        code: 'guard-magic-number',
      },
      {
        ways: [['base32'], ['hex'], ['base64']],
        payloads: ['gif'],
        places: ['authorityNames 30', 'declaredNames 23'],
        code: 'guard-magic-number',
      },
    ],
  },
  {
    name: 'file-as-digest',
    by: 'joining what calls itself a digest',
    recipes: [
      {
        ways: [['hex'], ['base64', 'hex']],
        payloads: ['jpeg', 'png', 'zip', 'gif'],
        places: ['digests 64', 'md5s 32'],
        code: 'guard-magic-number',
      },
    ],
  },
  {
    name: 'shaped-as-uuid',
    by: 'taking the fixed digits out of UUIDs',
    recipes: [
      {
        ways: [['uuids']],
        payloads: ['png', 'gif', 'jpeg', 'webp', 'mp4'],
        places: ['userIds 36', 'links 36', 'evidenceReferences 36'],
        code: 'guard-magic-number',
      },
    ],
  },
  {
    name: 'host-addresses',
    by: 'reading the addresses of hosts, or their last parts, as bytes',
    recipes: [
      {
        ways: [['ipv6']],
        payloads: ['png', 'webp', 'jpeg', 'pdf'],
        places: ['addresses'],
        cut: 'words',
        code: 'guard-magic-number',
        join: ' ',
      },
      {
        ways: [['groupsOfFour 4']],
        payloads: ['png', 'webp', 'jpeg', 'mp4'],
        places: ['hostParts'],
        cut: 'words',
        code: 'guard-magic-number',
        join: ' ',
      },
      {
        ways: [['groupsOfFour 2']],
        payloads: ['png', 'gif', 'zip'],
        places: ['lastParts'],
        cut: 'words',
        code: 'guard-magic-number',
        join: ' ',
      },
      {
        ways: [['octets']],
        payloads: ['webp', 'gif', 'pdf'],
        places: ['lastOctets'],
        cut: 'words',
        code: 'guard-magic-number',
        join: ' ',
      },
    ],
  },
  {
    name: 'numbers-as-bytes',
    by: 'reading ports, counts and numbers of networks as bytes',
    recipes: [
      {
        ways: [['numbers 2']],
        payloads: ['pdf', 'pdfHead'],
        places: ['ports'],
        cut: 'words',
        code: 'guard-magic-number',
        join: ' ',
      },
      {
        ways: [['low 49152'], ['low 1024']],
        payloads: ['gif', 'pdf'],
        places: ['ports'],
        cut: 'words',
        code: 'guard-magic-number',
        join: ' ',
      },
      {
        ways: [['low 1024'], ['low 256']],
        payloads: ['png', 'zip', 'webp'],
        places: ['counts'],
        cut: 'words',
        code: 'guard-magic-number',
        join: ' ',
      },
      {
        ways: [['numbers 4'], ['numbers 3']],
        payloads: ['pdf'],
        places: ['asns'],
        cut: 'words',
        code: 'guard-magic-number',
        join: ' ',
      },
    ],
  },
  {
    name: 'fractions-as-bytes',
    by: 'reading decimals of times and positions, or telephone numbers, by three digits',
    recipes: [
      {
        ways: [['digits3']],
        payloads: ['png', 'gif', 'jpeg', 'webp'],
        places: ['fractions 9', 'phones 12'],
        code: 'guard-magic-number',
      },
      {
        ways: [['digits3']],
        payloads: ['gif', 'webp'],
        places: ['fractions 6', 'fractions 3'],
        code: 'guard-magic-number',
      },
      {
        ways: [['digits3']],
        payloads: ['pdf', 'webp', 'pdfHead'],
        places: ['latitudes 12'],
        code: 'guard-magic-number',
      },
    ],
  },
  {
    name: 'codes-and-zones',
    by: 'joining postal codes, language tags or a time zone and decoding them',
    recipes: [
      {
        ways: [['hexUpper'], ['base32']],
        payloads: ['gif', 'webp'],
        places: ['postalCodes 12'],
        code: 'guard-magic-number',
      },
      {
        ways: [
          ['hex', 'dashed 8'],
          ['base32Lower', 'dashed 8'],
        ],
        payloads: ['pdfHead', 'mp4Head'],
        places: ['languages 26'],
        code: 'guard-magic-number',
      },
      {
        ways: [['base32'], ['hex']],
        payloads: ['mp4Head', 'pdfHead'],
        places: ['timeZone'],
        code: 'guard-magic-number',
      },
    ],
  },
];
