import { addressesOf, type RunningLocal } from '@liaison/local';
import type { Queryable } from '@liaison/postgres';
import { median, rounded } from '../figures/statistics.ts';

/** How long a page took. */
export interface PageFigures {
  readonly page: string;
  readonly status: number;
  readonly firstMs: number;
  readonly medianMs: number;
  readonly maxMs: number;
  readonly bytes: number;
}

const times = 15;

async function askPage(
  origin: string,
  page: { readonly name: string; readonly path: string },
): Promise<PageFigures> {
  const took: number[] = [];
  let status = 0;
  let bytes = 0;
  for (let time = 0; time < times; time += 1) {
    const beganMs = performance.now();
    const response = await fetch(`${origin}${page.path}`, {
      headers: { accept: 'text/html,application/json' },
    });
    bytes = (await response.arrayBuffer()).byteLength;
    took.push(performance.now() - beganMs);
    ({ status } = response);
  }
  return {
    page: page.name,
    status,
    firstMs: rounded(took[0] ?? Number.NaN),
    medianMs: rounded(median(took) ?? Number.NaN),
    maxMs: rounded(Math.max(...took)),
    bytes,
  };
}

/** Asks the pages of the dashboard and the answers behind them, each several times, about an old referral. */
export async function askPages(local: RunningLocal, hub: Queryable): Promise<PageFigures[]> {
  const { rows } = await hub.query<{ id: string; reference: string; dispatch: string }>(
    `select r.id, r.provider_reference as reference, d.id as dispatch
     from hub.referral r join hub.dispatch d on d.referral_id = r.id order by r.id limit 1`,
  );
  const [old] = rows;
  if (old === undefined) return [];
  const { origin } = new URL(addressesOf(local.ports).entries);
  const reference = encodeURIComponent(old.reference);
  const pages = [
    { name: '/', path: '/' },
    { name: '/search?q={reference}', path: `/search?q=${reference}` },
    { name: '/search?q={dispatch}', path: `/search?q=${old.dispatch}` },
    { name: '/search?q={nothing}', path: '/search?q=there-is-no-such-reference' },
    { name: '/referrals/{id}', path: `/referrals/${old.id}` },
    { name: '/v1/volumes', path: '/v1/volumes' },
    { name: '/v1/timelines?search={reference}', path: `/v1/timelines?search=${reference}` },
  ];
  const figures: PageFigures[] = [];
  for (const page of pages) figures.push(await askPage(origin, page));
  return figures;
}
