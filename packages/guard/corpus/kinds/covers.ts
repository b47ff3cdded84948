import type { Kind } from './kind.ts';

/** Bits hidden in plain words: what a reader sees is harmless. */
export const coverKinds: readonly Kind[] = [
  {
    name: 'zero-width',
    by: 'listing the characters without width',
    recipes: [
      {
        ways: [
          ['symbols zeroWidth2'],
          ['symbols zeroWidth4'],
          ['symbols invisible4'],
          ['symbols fillers2'],
        ].map(([step = '']) => [step, 'after 60']),
        payloads: ['short', 'words'],
        places: ['note'],
        code: 'guard-hidden-text',
      },
      {
        ways: [
          ['gapsOf english 200b'],
          ['gapsOf english 2060'],
          ['gapsOf english feff'],
          ['gapsOf finnish 200d'],
        ],
        payloads: ['short'],
        places: ['note'],
        code: 'guard-hidden-text',
      },
      {
        ways: [['symbols zeroWidth4', 'after 8']],
        payloads: ['short'],
        places: ['usernames', 'userIds', 'authorityReferences 64'],
        code: 'guard-hidden-text',
      },
    ],
  },
  {
    name: 'tags-and-selectors',
    by: 'reading tags and variation selectors as bytes',
    recipes: [
      {
        ways: [
          ['base64', 'symbols tags64'],
          ['symbols selectors16'],
          ['symbols selectors256'],
          ['symbols privateUse256'],
        ].map((steps) => [...steps, 'after 20']),
        payloads: ['short', 'cipher'],
        places: ['note', 'statement'],
        code: 'guard-hidden-text',
      },
      {
        ways: [
          ['symbols selectors256', 'after 6'],
          ['symbols tags64', 'after 6'],
        ],
        payloads: ['gif', 'cipher'],
        places: ['usernames'],
        code: 'guard-hidden-text',
      },
    ],
  },
  {
    name: 'direction-marks',
    by: 'reading marks of direction as bits',
    recipes: [
      {
        ways: [
          ['symbols directions4', 'after 40'],
          ['symbols isolates4', 'after 40'],
          ['gapsOf english 200e'],
          ['gapsOf english 200f'],
          ['gapsOf english ad'],
        ],
        payloads: ['short', 'words'],
        places: ['note'],
        code: 'guard-hidden-text',
      },
    ],
  },
  {
    name: 'look-alike-letters',
    by: 'seeing which letters are Cyrillic',
    recipes: [
      {
        ways: [['looksOf english'], ['xor 77', 'looksOf english']],
        payloads: ['short', 'quick', 'mp4', 'agreed'],
        places: ['note'],
        code: 'guard-base64-run',
      },
    ],
  },
  {
    name: 'capitals-inside-words',
    by: 'seeing which letters are capitals',
    recipes: [
      {
        ways: [['caseOf english'], ['xor 77', 'caseOf english'], ['caseOf finnish']],
        payloads: ['short', 'cipher', 'gif', 'words'],
        places: ['note'],
        code: 'guard-base64-run',
      },
    ],
  },
  {
    name: 'widths-of-spaces',
    by: 'measuring the spaces',
    recipes: [
      {
        ways: [
          ['gapsOf english 20'],
          ['gapsOf english a0'],
          ['gapsOf english 2009'],
          ['symbols spaces4', 'after 50'],
        ],
        payloads: ['quick', 'agreed'],
        places: ['note'],
        code: 'guard-hidden-text',
      },
    ],
  },
  {
    name: 'marks-on-letters',
    by: 'seeing which letters have a mark',
    recipes: [
      {
        ways: [
          ['marksOf english 310'],
          ['marksOf english 33d'],
          ['marksOf finnish 346'],
          ['symbols marks8', 'after 30'],
        ],
        payloads: ['short', 'words'],
        places: ['note'],
        code: 'guard-hidden-text',
      },
    ],
  },
];
