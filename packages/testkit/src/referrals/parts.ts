import type { Country, Referral } from '@liaison/contracts';
import { ipv4Of, ipv6Of } from '../documentation-addresses.ts';
import type { Random } from '../random.ts';
import { nameParts } from './texts.ts';

export type Item = NonNullable<Referral['items']>[number];
export type Person = NonNullable<Referral['persons']>[number];
export type NetworkEvent = NonNullable<Referral['networkEvents']>[number];
type Identifier = NonNullable<Person['identifiers']>[number];

/** What parts are drawn from. */
export interface Draw {
  readonly random: Random;
  /** Milliseconds since 1970 at which the sender writes. */
  readonly nowMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** RFC 3339 with an offset, so many milliseconds ago. */
export function ago({ random, nowMs }: Draw, ms: number): string {
  const offsetHours = random.pick([0, 1, 2]);
  const local = new Date(nowMs - ms + offsetHours * hourMs).toISOString().slice(0, 19);
  return offsetHours === 0 ? `${local}Z` : `${local}+0${offsetHours}:00`;
}

/** An item that stays with its sender: a reference and digests. */
export function drawItem(draw: Draw, index: number): Item {
  const { random } = draw;
  return {
    itemId: `i${index}`,
    mediaType: random.weighted([
      ['image', 7],
      ['video', 3],
      ['archive', 0.3],
    ]),
    count: random.chance(0.8) ? 1 : random.int(2, 40),
    evidenceReference: `vault:${random.hex(12)}`,
    digests: [
      { algorithm: 'sha256', value: random.hex(64) },
      ...(random.chance(0.5) ? [{ algorithm: 'md5', value: random.hex(32) } as const] : []),
    ],
    matchBasis: random.pick(['otherHashList', 'centreIndicator', 'none']),
    viewedByPerson: random.pick(['yes', 'no', 'unknown']),
    public: random.chance(0.15) ? 'yes' : 'no',
    preservedUntil: new Date(draw.nowMs + 180 * 24 * hourMs).toISOString(),
    removal: {
      status: random.chance(0.9) ? 'removed' : 'notRemoved',
      at: ago(draw, random.int(5, 90) * minuteMs),
    },
  };
}

/** Telephone numbers that their regulators keep for fiction: nobody answers them. */
const fictionalNumbers: Partial<Record<Country, (random: Random) => string>> = {
  FR: (random) => `+3363998${random.int(1000, 9999)}`,
  IE: (random) => `+35320911${random.int(1000, 9999)}`,
  DE: (random) => `+493023125${random.int(100, 999)}`,
  SE: (random) => `+463139006${random.int(10, 99)}`,
};

function drawName(random: Random): string {
  return `${random.pick(nameParts)}_${random.pick(nameParts)}${random.int(1, 9999)}`;
}

/** Identifiers of an account in a country; a telephone number only where fictional ones exist. */
export function drawIdentifiers({ random }: Draw, country: Country | null): [Identifier, ...Identifier[]] {
  const name = drawName(random);
  const number = country === null ? undefined : fictionalNumbers[country];
  return [
    { type: 'username', value: name, verified: 'no' },
    ...(random.chance(0.7)
      ? [{ type: 'email', value: `${name}+${random.hex(4)}@mail.example`, verified: 'yes' } as const]
      : []),
    ...(random.chance(0.4) ? [{ type: 'userId', value: random.hex(24), verified: 'unknown' } as const] : []),
    ...(number !== undefined && random.chance(0.6)
      ? [{ type: 'phone', value: number(random), verified: 'yes' } as const]
      : []),
  ];
}

/** An event at a documentation address of a country, minutes to hours ago, on a subscriber's line. */
export function drawEvent(
  draw: Draw,
  country: Country,
  rest: Pick<NetworkEvent, 'event'> & Partial<NetworkEvent>,
): NetworkEvent {
  const { random } = draw;
  const host = random.int(0, 15);
  return {
    ipAddress: random.chance(0.7) ? ipv4Of(country, host) : ipv6Of(country, host),
    occurredAt: ago(draw, random.int(10, 600) * minuteMs),
    port: random.int(1024, 65_535),
    network: 'residential',
    ...rest,
  };
}
