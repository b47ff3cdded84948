import type { Random } from '../random.ts';
import { drawUuid } from './odd-values.ts';

/** What stands in notes beside sentences: numbers of cases, reserved telephone numbers and addresses, times, laws. */
const asides: readonly ((random: Random) => string)[] = [
  (random) => `Az. ${random.int(100, 999)} Js ${random.int(1000, 99_999)}/${random.int(20, 26)}.`,
  (random) => `Tel. +49 30 23125 ${random.int(100, 999)}.`,
  (random) => `+33 6 39 98 ${random.int(10, 99)} ${random.int(10, 99)}`,
  (random) => `Tel: +353 20 911 ${random.int(1000, 9999)}, +46 31 390 06 ${random.int(10, 99)}.`,
  (random) => `192.0.2.${random.int(1, 254)}:${random.int(1024, 65_535)}`,
  (random) => `2001:db8:${random.hex(4)}::${random.hex(4)}`,
  (random) => `(${drawUuid(random)})`,
  (random) => `2026-11-${random.int(10, 19)}T21:${random.int(10, 59)}:07+01:00`,
  (random) => `${random.int(1, 28)}.${random.int(1, 12)}.2026, ${random.int(0, 23)}:${random.int(10, 59)}`,
  () => '§§ 176a, 176b, 184b, 184c StGB.',
  () => 'Dz.U. 2025 poz. 383, art. 202 § 4b k.k.',
  () => 'Art. 600-ter, 600-quater c.p.; art. 189 C.P.',
  () => 'CELEX 32022R2065, COM(2022) 209, 2011/93/EU.',
  (random) => `Ref. CT-${random.int(100_000_000, 199_999_999)}/A.`,
  (random) => `i1, i2, i3: ${random.int(2, 90)} × JPG; p1 → p2.`,
  (random) => `v${random.int(1, 20)}.${random.int(0, 30)}.${random.int(0, 9)} (Android ${random.int(9, 16)})`,
  (random) => `IMEI 35-209900-${random.int(100_000, 999_999)}-1.`,
  (random) => `#${random.int(1000, 99_999)}`,
  () => '„…“ «…» “…” ‘…’ – — … €12,50 ½ № 7.',
  () => '🙂👍🏽',
  (random) => `user_${random.int(10, 9999)}@mail.example`,
  () => 'WhatsApp, YouTube, TikTok, iOS, eSIM, IPv6.',
  (random) => `SHA-256: ${random.hex(8)}…`,
  () => '+++ update +++',
];

/** Draws asides, each of them once. */
export function createAsides(random: Random): () => string {
  const left = [...asides];
  return () => {
    const [aside = (): string => ''] = left.splice(random.int(0, Math.max(0, left.length - 1)), 1);
    return aside(random);
  };
}

/** Names of services, none of which exists. */
export const serviceNames = [
  'Example Chat',
  'Beispiel-Plauderei & Söhne (Web/App)',
  'Παράδειγμα',
  'Пример.чат',
  'Exemple d’hébergement',
  'چت نمونه',
  'チャット例',
  'chat.example',
  'ExampleHub+',
  'Přiklad 2.0',
  'Ejemplo™',
  'Näide OÜ',
  'Pavyzdys UAB',
  'C4 Voice/Video',
  'mIRC-like',
  'ООО «Образец»',
] as const;

/** Where in a law: as lawyers write it. */
export const lawReferences = [
  '§ 184b Abs. 1 Nr. 1 StGB; Art. 18(1) Regulation (EU) 2022/2065',
  'art. 227-23 du code pénal',
  'чл. 159 НК',
  'άρθρο 348Α ΠΚ',
  'Rikoslaki 39/1889, 17:18–19 §',
  'Art. 600-ter c.p., comma 4',
  'Btk. 204. § (1) a)',
  'KarS § 178 lg 1',
  'BK 309 str. 2 d.',
  'Krimināllikuma 166. panta 2. daļa',
  '18 U.S.C. § 2258A(a)(1)(B)',
  'Kap. 9, Kodiċi Kriminali, art. 208A',
  'An tAcht um Gáinneáil ar Leanaí, 1998, a.5',
  'čl. 163. KZ-a (NN 125/11, 144/12)',
  'Order No. 2026/HC/0417-B',
] as const;

/** Names of authorities, by kind and not by place. */
export const authorityNames = [
  'Zentrale Ansprechstelle Cybercrime',
  'Office mineurs (exemple)',
  'Δίωξη Ηλεκτρονικού Εγκλήματος',
  'ГДБОП – пример',
  'Keskusrikospoliisi / esimerkki',
  'Unidad de Menores (ejemplo)',
  'An Biúró Náisiúnta (sampla)',
  'National Center (CyberTipline)',
] as const;
