import { memberStates, type Referral } from '@liaison/contracts';
import { ipv4Of, ipv6Of, overlayCountries } from '../documentation-addresses.ts';
import { createRandom, type Random } from '../random.ts';
import { drawBytes, drawIdentifier, drawUuid, drawUuid7 } from './odd-values.ts';
import { balticAndUralic } from './sentences/baltic-and-uralic.ts';
import { beyondTheUnion } from './sentences/beyond-the-union.ts';
import { germanic } from './sentences/germanic.ts';
import { islandsAndGreek } from './sentences/islands-and-greek.ts';
import { romance } from './sentences/romance.ts';
import type { SentenceStock } from './sentences/sentence-stock.ts';
import { slavic } from './sentences/slavic.ts';
import { authorityNames, createAsides, lawReferences, serviceNames } from './words-around.ts';

type Item = NonNullable<Referral['items']>[number];
type Person = NonNullable<Referral['persons']>[number];
type Event = NonNullable<Referral['networkEvents']>[number];
type Url = NonNullable<Referral['urls']>[number];

const stock: SentenceStock = {
  ...germanic,
  ...romance,
  ...slavic,
  ...balticAndUralic,
  ...islandsAndGreek,
  ...beyondTheUnion,
};

/** Languages in which notes are written: the 24 official ones of the Union first, then nine others. */
export const worldwideLanguages: readonly string[] = Object.keys(stock);

interface Draw {
  readonly random: Random;
  readonly language: string;
  readonly nowMs: number;
}

function times<T>(count: number, make: (index: number) => T): readonly [T, ...T[]] {
  return [make(0), ...Array.from({ length: count - 1 }, (_, index) => make(index + 1))];
}

function timeOf({ random, nowMs }: Draw): string {
  const past = new Date(nowMs - random.int(60, 40_000_000) * 1000);
  const fraction = random.pick([
    '',
    `.${random.int(0, 999).toString().padStart(3, '0')}`,
    `.${random.int(0, 999_999).toString().padStart(6, '0')}`,
  ]);
  const [offset, hours] = random.pick([
    ['Z', 0],
    ['+01:00', 1],
    ['+05:45', 5.75],
    ['-03:00', -3],
  ] as const);
  return new Date(past.getTime() + hours * 3_600_000).toISOString().slice(0, 19) + fraction + offset;
}

/** Sentences, and behind some of them an aside, as many as there is room for. */
function wordsOf({ random, language }: Draw, most: number): string {
  const sentences = stock[language] ?? [];
  const drawAside = createAsides(random);
  let text = random.pick(sentences);
  const wanted = random.int(1, 14);
  for (let count = 1; count < wanted; count += 1) {
    const aside = random.chance(0.4) ? `${drawAside()} ` : '';
    const next = `${text} ${aside}${random.pick(sentences)}`;
    if (next.length > most) break;
    text = next;
  }
  return text.normalize('NFC');
}

function drawItem(draw: Draw, index: number): Item {
  const { random } = draw;
  const sha256 = (): { algorithm: 'sha256'; value: string } => ({
    algorithm: 'sha256',
    value: random.hex(64),
  });
  return {
    itemId: `i${index + 1}`,
    mediaType: random.pick(['image', 'video', 'audio', 'text', 'liveStream', 'archive', 'other']),
    count: random.int(1, 100_000),
    evidenceReference: random.pick([
      `vault:${random.hex(12)}`,
      drawUuid(random),
      drawBytes(random, random.int(8, 90)).toString('base64url'),
      `ev-2026-${random.int(1, 9999)}`,
      `s3:bucket:${random.hex(40)}`,
    ]),
    digests: random.pick([
      [sha256()],
      [sha256(), { algorithm: 'sha1', value: random.hex(40) }, { algorithm: 'md5', value: random.hex(32) }],
    ]),
    ...(random.chance(0.3) ? { preservedUntil: '2027-05-20T00:00:00Z' } : {}),
    removal: { status: 'removed', at: timeOf(draw) },
  };
}

function drawPerson(draw: Draw, index: number): Person {
  const { random, language } = draw;
  const mayBeChild = random.pick(['yes', 'no', 'unknown'] as const);
  return {
    personId: `p${index + 1}`,
    role: random.pick(['reportedUser', 'personAppearingToBeVictim', 'recipient', 'otherInvolved', 'unclear']),
    mayBeChild,
    ...(mayBeChild === 'yes' ? { ageBand: random.pick(['10to12', '13to15'] as const) } : {}),
    identifiers: [
      ...times(random.chance(0.05) ? 20 : random.int(1, 6), () =>
        drawIdentifier(random, mayBeChild !== 'yes'),
      ),
    ],
    ...(random.chance(0.5)
      ? {
          places: [
            ...times(random.int(1, 4), () => ({
              kind: random.pick(['declared', 'billing', 'numberCountry'] as const),
              country: random.pick(memberStates),
              postalCode: random.pick([
                '10115',
                'SW1A 1AA',
                'D02 AF30',
                '1234 AB',
                '00-950',
                'LV-1010',
                'MLT 1000',
              ]),
              verified: 'no' as const,
            })),
          ],
        }
      : {}),
    languages: [
      random.pick([language, `${language}-Latn`, 'sr-Cyrl-RS', 'ca-valencia', 'zh-Hant-TW', 'de-1996']),
    ],
    timeZone: random.pick([
      'Europe/Berlin',
      'America/Argentina/Buenos_Aires',
      'Etc/GMT+5',
      'UTC',
      'Asia/Ho_Chi_Minh',
    ]),
    createdAt: timeOf(draw),
  };
}

function drawEvent(draw: Draw, ids: { readonly persons: number; readonly items: number }): Event {
  const { random } = draw;
  const country = random.pick(overlayCountries);
  return {
    event: random.pick(['upload', 'send', 'login', 'registration', 'payment', 'other']),
    ipAddress: random.pick([
      ipv4Of(country, random.int(0, 15)),
      ipv6Of(country, random.int(0, 65_000)),
      `2001:db8:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}`,
    ]),
    occurredAt: timeOf(draw),
    port: random.int(1024, 65_535),
    personId: `p${random.int(1, ids.persons)}`,
    ...(random.chance(0.3) ? { itemIds: [`i${random.int(1, ids.items)}`] as [string] } : {}),
    network: random.pick([
      'residential',
      'mobile',
      'hosting',
      'vpnOrProxy',
      'tor',
      'countryRelay',
      'unknown',
    ]),
  };
}

function drawUrl(draw: Draw): Url {
  const { random } = draw;
  return {
    url: random.pick([
      `https://gallery.example/${random.hex(16)}/${random.int(1, 900)}`,
      `https://пример.example/альбом/${random.int(1, 90)}?page=2&sort=new`,
      `http://192.0.2.${random.int(1, 254)}:8080/a.php?id=${drawBytes(random, 24).toString('base64url')}`,
      `https://cdn.gallery.example/v/${random.hex(64)}/index.m3u8?sig=${drawBytes(random, 32).toString('base64')}#t=10`,
    ]),
    checkedAt: timeOf(draw),
    hostingBasis: 'hotlineTrace',
    ipAddress: ipv4Of('US', random.int(0, 15)),
    hostingCountry: 'US',
    asn: random.int(64_496, 64_511),
  };
}

function drawReferral(draw: Draw, index: number): Referral {
  const { random, language } = draw;
  const items = random.chance(0.04) ? 100 : random.int(1, 12);
  const persons = random.int(1, 4);
  const isHotline = random.chance(0.1);
  const urgent = random.chance(0.2);
  return {
    schemaVersion: '1.0',
    referralKind: isHotline ? 'hotlineReferral' : 'providerReport',
    providerReference: random.pick([
      `cs-2026-${index}`,
      drawUuid(random),
      drawBytes(random, 60).toString('base64url'),
      `T:${random.hex(32)}`,
    ]),
    issuedAt: new Date(draw.nowMs - 1000).toISOString(),
    legalBasis: { instrument: 'nationalLaw', reference: random.pick(lawReferences) },
    reporter: { participantId: isHotline ? 'example-hotline' : 'example-chat' },
    ...(isHotline ? {} : { service: { types: ['hosting'], name: random.pick(serviceNames) } }),
    abuseTypes: ['newMaterial'],
    urgency: urgent
      ? { claimed: true, grounds: ['ongoingAbuse'], statement: { text: wordsOf(draw, 480), language } }
      : { claimed: false },
    awareness: { manner: 'ownMotion', methods: ['exactHash'], humanReview: 'none' },
    items: [...times(items, (at) => drawItem(draw, at))],
    persons: [...times(persons, (at) => drawPerson(draw, at))],
    networkEvents: [
      ...times(random.chance(0.06) ? 50 : random.int(1, 10), () => drawEvent(draw, { persons, items })),
    ],
    ...(random.chance(0.2)
      ? {
          positions: [
            {
              source: 'device' as const,
              country: random.pick(memberStates),
              lat: random.int(-9000, 9000) / 100,
              lon: random.int(-18_000, 18_000) / 100,
            },
          ],
        }
      : {}),
    ...(random.chance(0.2)
      ? {
          authoritiesInformed: [
            {
              kind: 'memberState' as const,
              country: random.pick(memberStates),
              name: random.pick(authorityNames),
              reference: `${random.int(1, 999)} Js ${random.hex(6)}/26`,
              state: 'reported' as const,
            },
          ],
        }
      : {}),
    ...(random.chance(0.3)
      ? {
          links: [
            ...times(random.int(1, 20), () => ({
              relation: 'sameSeries' as const,
              namespace: 'own' as const,
              value: random.pick([drawUuid7(random), random.hex(40), `case.${random.int(1, 9999)}`]),
            })),
          ],
        }
      : {}),
    ...(isHotline ? { urls: [...times(random.int(1, 25), () => drawUrl(draw))] } : {}),
    note: { text: wordsOf(draw, 980), language },
  };
}

/**
 * Generates legitimate referrals in every official language of the Union and nine others, each language in turn, with the
 * odd values that people and services make. The same seed makes the same ones.
 */
export function* generateWorldwide(options: {
  readonly count: number;
  readonly seed: number;
  /** Milliseconds since 1970 at which they are written. */
  readonly nowMs: number;
  /** Only these languages; all where absent. */
  readonly languages?: readonly string[];
}): Generator<{ readonly language: string; readonly referral: Referral }> {
  const random = createRandom(options.seed);
  const languages = options.languages ?? worldwideLanguages;
  for (let index = 0; index < options.count; index += 1) {
    const language = languages[index % languages.length] ?? 'en';
    yield { language, referral: drawReferral({ random, language, nowMs: options.nowMs }, index) };
  }
}
