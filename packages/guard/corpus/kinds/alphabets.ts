import type { Kind, Recipe } from './kind.ts';

function inSymbols(
  tables: readonly string[],
  payloads: readonly string[],
  rest: Pick<Recipe, 'places' | 'code'>,
): Recipe {
  return { ways: tables.map((table) => [`symbols ${table}`]), payloads, ...rest };
}

function inSpaced(
  tables: readonly string[],
  payloads: readonly string[],
  rest: Pick<Recipe, 'places' | 'code'>,
): Recipe {
  return { ways: tables.map((table) => [`symbols ${table} space`]), payloads, ...rest };
}

/** Bytes written in an alphabet of somebody's own, in members of words. */
export const alphabetKinds: readonly Kind[] = [
  {
    name: 'two-symbols',
    by: 'reading two signs as zero and one',
    recipes: [
      inSymbols(['binary', 'lettersO', 'lettersL', 'signs', 'dashes'], ['cipher'], {
        places: ['note', 'statement'],
        code: 'guard-hex-run',
      }),
      inSpaced(['words2'], ['short'], { places: ['note'], code: 'guard-base64-run' }),
      inSpaced(['binary'], ['short'], { places: ['note'], code: 'guard-hex-run' }),
      {
        ways: [
          ['symbols dashes', 'groups 5'],
          ['symbols lettersO', 'groups 7'],
          ['symbols signs', 'groups 3'],
        ],
        payloads: ['short'],
        places: ['note', 'statement'],
        code: 'guard-hex-run',
      },
    ],
  },
  {
    name: 'pictures-of-signs',
    by: 'looking at squares of dark and light, as in a QR code or ASCII art',
    recipes: [
      inSymbols(['quadrants2', 'blocks16'], ['cipher', 'short'], {
        places: ['note', 'statement'],
        code: 'guard-base64-run',
      }),
      inSymbols(['boxes16', 'geometric16'], ['cipher', 'short'], {
        places: ['note'],
        code: 'guard-base64-run',
      }),
      inSymbols(['arrows8'], ['cipher', 'short'], { places: ['note'], code: 'guard-hidden-text' }),
      inSymbols(['hashes'], ['short'], { places: ['note', 'statement'], code: 'guard-hex-run' }),
    ],
  },
  {
    name: 'few-symbols',
    by: 'reading four or eight signs as two or three bits',
    recipes: [
      inSymbols(['dna', 'quaternary', 'octal'], ['gif', 'cipher', 'words'], {
        places: ['note'],
        code: 'guard-hex-run',
      }),
      inSpaced(['words4', 'musical8'], ['short'], { places: ['note'], code: 'guard-base64-run' }),
    ],
  },
  {
    name: 'word-for-a-nibble',
    by: 'a list of sixteen words, as in a diceware code',
    recipes: [
      {
        ways: [['symbols words16 stop'], ['symbols slova16 stop']],
        payloads: ['cipher', 'short'],
        places: ['note'],
        code: 'guard-base64-run',
      },
      inSpaced(['words16', 'worte16', 'slova16', 'mots16'], ['cipher', 'short', 'gif'], {
        places: ['note'],
        code: 'guard-base64-run',
      }),
      inSpaced(['worte16', 'slova16'], ['cipher'], { places: ['statement'], code: 'guard-base64-run' }),
    ],
  },
  {
    name: 'letters-for-a-nibble',
    by: 'reading sixteen or thirty-two letters as numbers',
    recipes: [
      {
        ways: ['letters16', 'consonants16', 'upper16'].flatMap((table) => [
          [`symbols ${table}`],
          [`symbols ${table}`, 'groups 5'],
          [`symbols ${table}`, 'groups 8'],
        ]),
        payloads: ['cipher'],
        places: ['note'],
        code: 'guard-base64-run',
      },
      {
        ways: [
          'cyrillic32',
          'cyrillicConsonants16',
          'greek16',
          'greekConsonants16',
          'arabic16',
          'hebrew16',
        ].map((table) => [`symbols ${table}`, 'groups 5']),
        payloads: ['long', 'gif'],
        places: ['note'],
        code: 'guard-base64-run',
      },
      {
        ways: ['cyrillic32', 'greekConsonants16', 'hebrew16'].map((table) => [`symbols ${table}`]),
        payloads: ['long'],
        places: ['note'],
        code: 'guard-base64-run',
      },
    ],
  },
  {
    name: 'pronounceable-words',
    by: 'reading made-up words of consonants and vowels as sixteen bits each',
    recipes: [
      {
        ways: [['proquints'], ['xor 3c', 'proquints'], ['proquints', 'wrap Names: %']],
        payloads: ['cipher', 'jpeg', 'words'],
        places: ['note'],
        code: 'guard-base64-run',
      },
    ],
  },
  {
    name: 'emoji',
    by: 'reading pictographs as numbers',
    recipes: [
      inSymbols(['emoji16', 'emoji256', 'tones4', 'zodiac8'], ['cipher', 'gif'], {
        places: ['note'],
        code: 'guard-hidden-text',
      }),
      inSymbols(['keycaps8', 'flags16'], ['cipher'], {
        places: ['note', 'statement'],
        code: 'guard-hidden-text',
      }),
      inSpaced(['emoji256'], ['long'], { places: ['note'], code: 'guard-hidden-text' }),
    ],
  },
  {
    name: 'signs-of-games',
    by: 'reading cards, tiles, chessmen or hexagrams as numbers',
    recipes: [
      inSymbols(['cards16', 'mahjong32', 'chess8', 'hexagrams64'], ['cipher', 'gif'], {
        places: ['note'],
        code: 'guard-base64-run',
      }),
    ],
  },
  {
    name: 'rare-scripts',
    by: 'reading characters of a script that nobody writes as bytes',
    recipes: [
      inSymbols(
        [
          'braille256',
          'runes64',
          'cuneiform256',
          'hieroglyphs256',
          'gothic16',
          'deseret32',
          'rareHan256',
          'rareHan256far',
          'yi256',
          'vai256',
        ],
        ['gif', 'cipher'],
        { places: ['note'], code: 'guard-base64-run' },
      ),
      inSymbols(['mixed256', 'latin256', 'latin128'], ['cipher', 'long'], {
        places: ['note', 'statement'],
        code: 'guard-base64-run',
      }),
    ],
  },
  {
    name: 'letters-of-another-form',
    by: 'reading mathematical, circled or full-width letters as numbers',
    recipes: [
      inSymbols(['mathLetters32', 'circled16', 'fullWidth16'], ['cipher'], {
        places: ['note', 'statement'],
        code: 'guard-base64-run',
      }),
      {
        ways: [['widthOf english']],
        payloads: ['words', 'short'],
        places: ['note'],
        code: 'guard-hidden-text',
      },
      {
        ways: [['mathOf english']],
        payloads: ['words', 'short'],
        places: ['note'],
        code: 'guard-base64-run',
      },
    ],
  },
];
