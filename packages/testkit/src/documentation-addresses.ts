import { memberStates, type Country } from '@liaison/contracts';

/** Blocks of documentation addresses (RFC 5737, RFC 3849) and the country that each stands for in a demonstration. */
export interface AddressOverlay {
  readonly [block: string]: Country;
}

/** Countries that demonstrations speak of: the Member States, territories with codes of their own, third countries. */
export const overlayCountries: readonly Country[] = [
  ...memberStates,
  'AX',
  'RE',
  'GF',
  'GP',
  'MQ',
  'US',
  'GB',
  'CH',
  'BR',
  'PH',
];

const prefixes = ['192.0.2', '198.51.100', '203.0.113'] as const;
/** Addresses of each IPv4 block: three /24 hold 48 blocks of /28. */
const blockSize = 16;
const blocksPerPrefix = 256 / blockSize;

function ipv4Block(index: number): { prefix: string; first: number } {
  const prefix = prefixes[Math.floor(index / blocksPerPrefix)];
  if (prefix === undefined) throw new RangeError('no documentation addresses left');
  return { prefix, first: (index % blocksPerPrefix) * blockSize };
}

function indexOf(country: Country): number {
  const index = overlayCountries.indexOf(country);
  if (index < 0) throw new RangeError('the country has no documentation addresses');
  return index;
}

/** Which documentation addresses stand for which country: nobody's real address ever gets into a demonstration. */
export function createAddressOverlay(): AddressOverlay {
  return Object.fromEntries(
    overlayCountries.flatMap((country, index) => {
      const { prefix, first } = ipv4Block(index);
      return [
        [`${prefix}.${first}/28`, country],
        [`2001:db8:${(index + 1).toString(16)}::/48`, country],
      ] as const;
    }),
  );
}

/** A documentation IPv4 address of a country; `host` from 0 to 15. */
export function ipv4Of(country: Country, host: number): string {
  const { prefix, first } = ipv4Block(indexOf(country));
  return `${prefix}.${first + (host % blockSize)}`;
}

/** A documentation IPv6 address of a country. */
export function ipv6Of(country: Country, host: number): string {
  return `2001:db8:${(indexOf(country) + 1).toString(16)}::${(host + 1).toString(16)}`;
}
