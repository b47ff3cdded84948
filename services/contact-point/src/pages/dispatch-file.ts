import type { ContactPointApi, Dispatch, Referral } from '@liaison/contracts';
import type { StoredDispatch } from '../inbox/open-stored.ts';

type Url = NonNullable<Referral['urls']>[number];

/** A dispatch as a file for a case system: signed and decoded. */
export interface DispatchFile {
  readonly entry: ContactPointApi['schemas']['InboxEntry'];
  readonly senderKeyRevokedSince: string | null;
  /** The hub's signed message with the sender's in it; null where it holds addresses that are withheld. */
  readonly jws: string | null;
  readonly dispatch: Omit<Dispatch, 'referral'>;
  readonly referral: Omit<Referral, 'urls'> & { readonly urls?: readonly (Url | Omit<Url, 'url'>)[] };
  /** JSON Pointers of what is withheld: addresses of a hotline are paths to content. */
  readonly withheld: readonly string[];
}

/**
 * Makes the file of a dispatch.
 * @param withUrls whether addresses of a hotline are in it: only for a purpose that has been recorded.
 */
export function dispatchFile(stored: StoredDispatch, withUrls: boolean): DispatchFile {
  const { entry, dispatch, referral, jws, senderKeyRevokedSince } = stored;
  const { referral: _inTheJws, ...decoded } = dispatch;
  const common = { entry, senderKeyRevokedSince, dispatch: decoded };
  const { urls, ...others } = referral;
  if (urls === undefined || withUrls) return { ...common, jws, referral, withheld: [] };
  const masked = urls.map(({ url: _withheld, ...known }) => known);
  const withheld = ['/jws', ...urls.map((_url, index) => `/referral/urls/${index}/url`)];
  return { ...common, jws: null, referral: { ...others, urls: masked }, withheld };
}

/** Every value of a document with its JSON Pointer (RFC 6901). */
export function flatten(value: unknown, pointer = ''): [string, string][] {
  if (typeof value === 'string') return [[pointer, value]];
  if (typeof value !== 'object' || value === null) return [[pointer, JSON.stringify(value ?? null)]];
  return Object.entries(value).flatMap(([name, member]) =>
    flatten(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
