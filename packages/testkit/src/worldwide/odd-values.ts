import type { Referral } from '@liaison/contracts';
import type { Random } from '../random.ts';

type Identifier = NonNullable<NonNullable<Referral['persons']>[number]['identifiers']>[number];

/** Names that forms and handbooks use as examples, or that nobody has; nobody's own. */
const names = [
  'Zoë Bêta-Ñandú',
  'Máire Ní Shampla',
  'Pádraig O’Sample',
  'Jean-Exemple d’Été',
  'Max Mustermann',
  'Łucja Przykładowa-Żółć',
  'Jan Novák ml.',
  'Matti Meikäläinen',
  'Mario Rossi',
  'Μαρία Παραδείγματος',
  'Иван Примеров',
  'Оксана Прикладенко',
  'Vardenis Pavardenis',
  'Jānis Bērziņš-Paraugs',
  'Ödön Példa',
  'Ġorġ Eżempju',
  'Örnek Kişi',
  'Nguyễn Văn A',
  'Ẹ̀bùn Àpẹẹrẹ',
  'مثال بن تجريبي',
  'علی‌رضا نمونه',
  'ישראל ישראלי',
  'उदाहरण कुमार',
  'สมชาย ตัวอย่าง',
  '张三',
  '山田太郎',
  '葛󠄀城サンプル',
  '홍길동',
  'Anne-Marie van der Voorbeeld',
  "D'Angelo Esempio",
  'Ștefan Exemplu',
  'Çağla Numune',
] as const;

const displayNames = [
  '✨ luna ✨',
  '🦄🌈 sparkle 🌈🦄',
  '👨‍👩‍👧‍👦 familie',
  '🏴󠁧󠁢󠁳󠁣󠁴󠁿 piper',
  '🇮🇪🇪🇺 harp',
  '♥ rosa ♥',
  'ℒuna',
  '𝓛𝓾𝓷𝓪',
  'ｖａｐｏｒ　ｗａｖｅ',
  'x_X_d4rk_X_x',
  'Ǝlpɐ',
  'Zͤa̽lgo',
  '¯\\_(ツ)_/¯',
  '(╯°□°)╯',
  '◕‿◕ kumo',
  'ツ',
  '._.',
  '-',
  '0',
  'null',
  'undefined',
  'NaN',
  "Robert'); DROP",
  '<b>bold</b>',
  '{{name}}',
  '%s',
  'C++ & C#',
  'a&b',
  'жираф_2012',
  'φεγγάρι99',
  'ქართველი',
  'Հայկ',
  'សុខា',
  'မြန်မာ',
  'ಕನ್ನಡ',
  'தமிழ்',
  'ልጅ',
  'ᐃᓄᒃ',
  'ⴰⵎⴰⵣⵉⵖ',
] as const;

const mailHosts = [
  'mail.example',
  'post.example.org',
  'bücher.example',
  'xn--bcher-kva.example',
  'почта.example',
  'δοκιμή.example',
  '例子.example',
  'sub.domain.example.net',
  '[192.0.2.25]',
] as const;

/** Reserved numbers: nobody answers them. */
const phones: readonly ((random: Random) => string)[] = [
  (random) => `+3363998${random.int(1000, 9999)}`,
  (random) => `+35320911${random.int(1000, 9999)}`,
  (random) => `+493023125${random.int(100, 999)}`,
  (random) => `+463139006${random.int(10, 99)}`,
  (random) => `+44770090${random.int(1000, 9999)}`,
  (random) => `+1202555${random.int(100, 199).toString().padStart(4, '0')}`,
];

/** A reserved telephone number in E.164. */
function drawPhone(random: Random): string {
  return random.pick(phones)(random);
}

function characters(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(random.int(0, alphabet.length - 1))).join('');
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

/** Random bytes as a service writes its ids. */
export function drawBytes(random: Random, length: number): Buffer {
  return Buffer.from(random.hex(2 * length), 'hex');
}

/** A UUID of version 4 (RFC 9562, 5.4). */
export function drawUuid(random: Random): string {
  const hex = random.hex(30);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${random.pick(['8', '9', 'a', 'b'])}${hex.slice(15, 18)}-${hex.slice(18)}`;
}

/** A UUID of version 7 (RFC 9562, 5.7), as the hub makes them. */
export function drawUuid7(random: Random): string {
  const uuid = drawUuid(random);
  return `019${uuid.slice(3, 14)}7${uuid.slice(15)}`;
}

const userIds: readonly ((random: Random) => string)[] = [
  (random) => drawBytes(random, random.int(6, 150)).toString('base64'),
  (random) => drawBytes(random, random.int(6, 150)).toString('base64url'),
  (random) => random.hex(random.pick([16, 24, 32, 40, 64])),
  drawUuid,
  (random) => drawUuid(random).toUpperCase(),
  (random) => characters(random, '0123456789ABCDEFGHJKMNPQRSTVWXYZ', 26),
  (random) => characters(random, digits, random.int(5, 20)),
  (random) => `urn:uuid:${drawUuid(random)}`,
  (random) => `did:plc:${characters(random, 'abcdefghijklmnopqrstuvwxyz234567', 24)}`,
  (random) => `@${characters(random, letters.toLowerCase(), 9)}:chat.example`,
  (random) => `auth0|${random.hex(24)}`,
  (random) => characters(random, letters + digits, 28),
  (random) => `arn:aws:iam::000000000000:user/${random.hex(8)}`,
  (random) => `0x${random.hex(40)}`,
  (random) => `U0${characters(random, letters.toUpperCase() + digits, 9)}`,
];

function drawUsername(random: Random): string {
  const base = random.pick([...displayNames, ...names]);
  return random.weighted<() => string>([
    [() => base, 4],
    [() => `${characters(random, letters.toLowerCase(), random.int(3, 9))}.${random.int(1, 2012)}`, 4],
    [() => `${base}_${random.int(1, 99)}`, 2],
    [() => characters(random, `${letters}${digits}._-`, random.int(3, 64)), 2],
    [
      () =>
        Array.from({ length: 12 }, () =>
          random.pick(['quiet', 'river', 'stone', 'über', 'maple', 'ñandú']),
        ).join('-'),
      1,
    ],
  ])();
}

function drawEmail(random: Random): string {
  const local = random.pick([
    `${characters(random, letters.toLowerCase(), 6)}+${characters(random, letters + digits, random.int(1, 40))}`,
    `o'brien.${random.int(1, 99)}`,
    `first.last${random.int(1970, 2012)}`,
    random.hex(24),
    `bounce+${random.hex(10)}=mail.example`,
    'füße',
    'пример',
    '"john..doe"',
    drawUuid(random),
  ]);
  return `${local}@${random.pick(mailHosts)}`;
}

/** One identifier as odd as people and services make them. */
export function drawIdentifier(random: Random, mayBeNamed: boolean): Identifier {
  const verified = random.pick(['yes', 'no', 'unknown'] as const);
  const kinds: readonly (readonly [() => Pick<Identifier, 'type' | 'value'>, number])[] = [
    [() => ({ type: 'username', value: drawUsername(random) }), 4],
    [() => ({ type: 'userId', value: random.pick(userIds)(random) }), 4],
    [() => ({ type: 'email', value: drawEmail(random) }), 3],
    [() => ({ type: 'phone', value: drawPhone(random) }), 2],
    [
      () => ({
        type: 'profileUrl',
        value: `https://chat.example/${random.pick(['@river', `u/${random.hex(16)}`, 'профиль/река', `channel/UC${characters(random, letters + digits, 22)}`, '%D1%80%D0%B5%D0%BA%D0%B0'])}`,
      }),
      2,
    ],
    [() => ({ type: 'declaredName', value: random.pick(names) }), mayBeNamed ? 2 : 0],
  ];
  const { type, value } = random.weighted(kinds)();
  return { type, value: value.normalize('NFC'), verified };
}
