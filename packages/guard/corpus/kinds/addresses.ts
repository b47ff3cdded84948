import type { Kind } from './kind.ts';

const texts = ['note', 'statement'];

/** Ways to content instead of content, and members that a referral has not. */
export const addressKinds: readonly Kind[] = [
  {
    name: 'file-in-address',
    by: 'decoding a part of an address',
    recipes: [
      {
        ways: [['base64url'], ['hex'], ['percent']],
        payloads: ['gif', 'png'],
        places: ['urlPaths', 'urlQueries', 'urlFragments 20'],
        code: 'guard-magic-number',
      },
      {
        ways: [['base32Lower'], ['hex']],
        payloads: ['webp'],
        places: ['urlHosts 60', 'urlFiles 30', 'profileUrls 60'],
        code: 'guard-magic-number',
      },
      { ways: [['hex']], payloads: ['jpeg'], places: ['urlPaths 12'], code: 'guard-magic-number' },
    ],
  },
  {
    name: 'link-in-words',
    by: 'following a link',
    recipes: [
      {
        ways: [
          '%',
          'see %',
          'hxxps://files[.]example/a/9f3b %',
          'www.files.example/a/9f3b %',
          'bit.ly/9f3bXq %',
          't.co/9f3bXq %',
          'files.example。com/a/9f3b %',
        ].map((form) => [`wrap ${form}`]),
        payloads: ['url'],
        places: texts,
        code: 'guard-url',
      },
      {
        ways: [['groups 1'], ['named', 'wrap %!'], ['percent']],
        payloads: ['url'],
        places: texts,
        code: 'guard-url',
      },
    ],
  },
  {
    name: 'shortened-link',
    by: 'following a shortened link or an invitation',
    recipes: [
      {
        ways: [
          'bit.ly/%',
          'tinyurl.com/%',
          'is.gd/%',
          't.me/+%',
          't.me/joinchat/%',
          'discord.gg/%',
          'chat.whatsapp.com/%',
          'bit[.]ly/%',
          'bit dot ly slash %',
          'bit.ly∕%',
          'bit。ly/%',
          'ｂｉｔ．ｌｙ／%',
        ].map((form) => [`wrap ${form}`]),
        payloads: ['code'],
        places: ['note'],
        code: 'guard-url',
      },
      {
        ways: ['discord.gg/%', 't.me/%', 'bit.ly/%'].map((form) => [`wrap ${form}`]),
        payloads: ['code'],
        places: ['usernames', 'authorityReferences', 'serviceName', 'legalReference'],
        code: 'guard-url',
      },
    ],
  },
  {
    name: 'other-schemes',
    by: 'opening the address with the program for its scheme',
    recipes: [
      {
        ways: [
          'mailto:drop@mail.example?body=%',
          'sms:+35320911555?body=%',
          'tel:+35320911555;phone-context=%',
          'xmpp:room@chat.example?join;%',
          'sip:%@chat.example',
          'matrix:r/%:chat.example',
          'tg://resolve?domain=%',
          'whatsapp://send?text=%',
          'ipfs://%',
          'ftp://files.example/%',
          'file:///srv/%',
          'intent://%#Intent;end',
        ].map((form) => [`wrap ${form}`]),
        payloads: ['code'],
        places: ['note'],
        code: 'guard-url',
      },
      {
        ways: [['base32Lower', 'wrap bitcoin:bc1q%']],
        payloads: ['short'],
        places: ['note'],
        code: 'guard-url',
      },
      {
        ways: [
          ['wrap mailto:drop@mail.example?body=%'],
          ['wrap magnet:?xt=urn:btih:%'],
          ['wrap tg://resolve?domain=%'],
        ],
        payloads: ['code'],
        places: ['statement', 'usernames'],
        code: 'guard-url',
      },
    ],
  },
  {
    name: 'magnets-and-onions',
    by: 'asking a network of peers or Tor for it',
    recipes: [
      {
        ways: [
          ['hex', 'wrap magnet:?xt=urn:btih:%'],
          ['base32', 'wrap magnet:?dn=a&xt=urn:btih:%'],
          ['hex', 'wrap urn:btih:%'],
          ['hex', 'wrap ed2k://|file|a|1|%|/'],
        ],
        payloads: ['short'],
        places: texts,
        code: 'guard-url',
      },
      {
        ways: [
          ['base32Lower', 'wrap %.onion'],
          ['base32Lower', 'wrap http://%.onion/a'],
          ['base32Lower', 'wrap %[.]onion'],
          ['base32Lower', 'wrap %.i2p'],
        ],
        payloads: ['cipher'],
        places: ['note', 'statement'],
        code: 'guard-url',
      },
      {
        ways: [['base32Lower', 'wrap %']],
        payloads: ['cipher'],
        places: ['statement', 'declaredNames', 'authorityNames'],
        code: 'guard-base64-run',
      },
    ],
  },
  {
    name: 'file-names-and-punycode',
    by: 'reading the name of a file or of a host as digits',
    recipes: [
      {
        ways: [
          ['base64url', 'wrap IMG_%.jpg'],
          ['base58', 'wrap %.mp4'],
          ['base36', 'wrap xn--%.example'],
          ['base36', 'wrap %.mail.example'],
        ],
        payloads: ['cipher', 'long'],
        places: ['note', 'statement'],
        code: 'guard-base64-run',
      },
      {
        ways: [['hex', 'wrap DSC_%.png']],
        payloads: ['cipher'],
        places: ['note', 'statement', 'declaredNames', 'authorityNames'],
        code: 'guard-hex-run',
      },
    ],
  },
];

/** Members that the schema has not: refused by the schema as well, and by the guard where no schema was asked. */
export const unknownMembers: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['/thumbnail', { thumbnail: '%' }],
  ['/attachments', { attachments: ['%'] }],
  ['/note/attachment', { note: { text: 'See the other member.', language: 'en', attachment: '%' } }],
  ['/note/text', { note: { text: ['%'], language: 'en' } }],
  ['/items/0/preview', { items: [{ itemId: 'i1', mediaType: 'image', preview: '%' }] }],
  ['/items/0/content', { items: [{ itemId: 'i1', mediaType: 'image', content: { data: '%' } }] }],
  [
    '/items/0/digests/0/perceptual',
    {
      items: [
        {
          itemId: 'i1',
          mediaType: 'image',
          digests: [{ algorithm: 'md5', value: '0'.repeat(32), perceptual: '%' }],
        },
      ],
    },
  ],
  ['/persons/0/photo', { persons: [{ personId: 'p1', role: 'unclear', mayBeChild: 'no', photo: '%' }] }],
  [
    '/persons/0/identifiers/0/avatar',
    {
      persons: [
        {
          personId: 'p1',
          role: 'unclear',
          mayBeChild: 'no',
          identifiers: [{ type: 'username', value: 'quiet_river', verified: 'no', avatar: '%' }],
        },
      ],
    },
  ],
  [
    '/networkEvents/0/body',
    {
      networkEvents: [
        { event: 'send', ipAddress: '192.0.2.17', occurredAt: '2026-11-19T21:40:00Z', body: '%' },
      ],
    },
  ],
  ['/service/icon', { service: { types: ['hosting'], name: 'Example Chat', icon: '%' } }],
  ['/legalBasis/order', { legalBasis: { instrument: 'voluntary', order: '%' } }],
  ['/$comment', { $comment: '%' }],
  ['/x-data', { 'x-data': '%' }],
];
