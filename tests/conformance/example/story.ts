import { type Book } from './book.ts';
import { makeKey, makeLogKey, publicPart, type NamedKey } from './keys.ts';

/** Where and when the example happens. */
const instance = 'example';
export const origin = 'liaison.example/example/ledger';
export const submissionApi = 'https://hub.liaison.example';
const logUrl = 'https://log.liaison.example/v1';

const startMs = Date.parse('2026-11-20T09:30:00.000Z');

/** Milliseconds since 1970, so many seconds after the start. */
function msAt(seconds: number): number {
  return startMs + seconds * 1000;
}

/** RFC 3339, UTC, milliseconds. */
export function utcAt(seconds: number): string {
  return new Date(msAt(seconds)).toISOString();
}

/** A lower-case UUIDv7 of that time (RFC 9562, 5.7) whose random bits are a number, so that it can be recognised. */
export function idAt(seconds: number, number: number): string {
  const time = msAt(seconds).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function audienceOf(participantId: string): string {
  return `liaison:${instance}:${participantId}`;
}

/** Seconds since 1970, as `iat` has them. */
export function secondsAt(seconds: number): number {
  return msAt(seconds) / 1000;
}

/** The hub's id of the referral, and when it accepted it. */
export const referralId = idAt(1, 0x11);
export const acceptedAt = utcAt(1);
export const toHub = audienceOf('hub');

/** Every key of the example. */
export interface ExampleKeys {
  readonly provider: NamedKey;
  readonly signing: NamedKey;
  readonly encryption: NamedKey;
  readonly anchor: NamedKey;
  readonly receipts: NamedKey;
  readonly dispatches: NamedKey;
  readonly hubEncryption: NamedKey;
  readonly log: ReturnType<typeof makeLogKey>;
}

function toJwkSet(...keys: readonly { readonly key: NamedKey; readonly use: 'sig' | 'enc' }[]): string {
  return JSON.stringify({ keys: keys.map(({ key, use }) => ({ ...publicPart(key.jwk), use })) }, null, 2);
}

function makeMembership(
  member: { readonly id: string; readonly kind: string; readonly exchange: object | null },
  { anchor, log }: Pick<ExampleKeys, 'anchor' | 'log'>,
): string {
  return JSON.stringify(
    {
      schemaVersion: '1.0',
      participantId: member.id,
      kind: member.kind,
      instance,
      hub: 'hub',
      submissionApi,
      anchors: [publicPart(anchor.jwk)],
      log: { origin, url: logUrl, keys: [log.verifierKey] },
      exchange: member.exchange,
    },
    null,
    2,
  );
}

/** Files 101 to 136: keys, what is registered, what comes back. */
export function makeKeys(book: Book): ExampleKeys {
  const keys = {
    provider: makeKey(book, 101, 'provider-signing'),
    signing: makeKey(book, 111, 'contact-point-signing'),
    encryption: makeKey(book, 114, 'contact-point-encryption'),
    anchor: makeKey(book, 121, 'hub-directory'),
    receipts: makeKey(book, 124, 'hub-receipts'),
    dispatches: makeKey(book, 127, 'hub-dispatches'),
    hubEncryption: makeKey(book, 130, 'hub-encryption'),
    log: makeLogKey(book, 133, origin),
  };
  book.text('104-provider.public-jwks.json', toJwkSet({ key: keys.provider, use: 'sig' }));
  book.text(
    '105-provider.membership.json',
    makeMembership({ id: 'example-chat', kind: 'provider', exchange: null }, keys),
  );
  book.text(
    '117-contact-point.public-jwks.json',
    toJwkSet({ key: keys.signing, use: 'sig' }, { key: keys.encryption, use: 'enc' }),
  );
  const place = {
    url: 'postgres://liaison_example_cp_be:example-only@exchange.liaison.example:5432/exchange',
    readTopic: `liaison.${instance}.to.cp-be`,
    writeTopic: `liaison.${instance}.from.cp-be`,
    group: 'cp-be',
  };
  book.text(
    '118-contact-point.membership.json',
    makeMembership({ id: 'cp-be', kind: 'lawEnforcement', exchange: place }, keys),
  );
  return keys;
}

function listKey(key: NamedKey, use: 'sig' | 'enc', types: readonly string[]): object {
  const { kid, jwk } = key;
  return {
    kid,
    use,
    types,
    jwk: publicPart(jwk),
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2028-01-01T00:00:00.000Z',
    revoked: null,
  };
}

/** The payload of the signed directory. */
export function directoryOf(keys: ExampleKeys): object {
  const nobody = { country: null, establishment: null, legalRepresentative: null, schemaVersions: ['1.0'] };
  const participants = [
    {
      ...nobody,
      id: 'cp-be',
      kind: 'lawEnforcement',
      name: 'Contact point Belgium',
      country: 'BE',
      dispatchKinds: ['referral'],
      keys: [
        listKey(keys.signing, 'sig', ['delivery-receipt+jws', 'feedback+jws']),
        listKey(keys.encryption, 'enc', ['parcel+jwe']),
      ],
    },
    {
      ...nobody,
      id: 'example-chat',
      kind: 'provider',
      name: 'Example Chat',
      establishment: 'IE',
      dispatchKinds: [],
      keys: [listKey(keys.provider, 'sig', ['referral+jws', 'request+jws'])],
    },
    {
      ...nobody,
      id: 'hub',
      kind: 'hub',
      name: 'Liaison hub',
      dispatchKinds: [],
      keys: [
        listKey(keys.receipts, 'sig', ['submission-receipt+jws']),
        listKey(keys.dispatches, 'sig', ['dispatch+jws', 'delivery-receipt+jws']),
        listKey(keys.hubEncryption, 'enc', ['parcel+jwe']),
      ],
    },
  ];
  return {
    schemaVersion: '1.0',
    instance,
    sequence: 1204,
    issuedAt: utcAt(0),
    expiresAt: utcAt(600),
    hub: 'hub',
    participants,
    log: { origin, url: logUrl, keys: [keys.log.verifierKey] },
  };
}

/** What example-chat refers: one account, one upload, one preserved image. */
export const referral = {
  schemaVersion: '1.0',
  referralKind: 'providerReport',
  providerReference: 'CASE-2026-0001',
  issuedAt: '2026-11-20T10:29:58+01:00',
  legalBasis: { instrument: 'voluntary' },
  reporter: { participantId: 'example-chat' },
  service: { types: ['interpersonalCommunications'], name: 'Example Chat', url: 'https://chat.example' },
  abuseTypes: ['knownMaterial'],
  urgency: { claimed: false },
  awareness: { manner: 'ownMotion', methods: ['exactHash'], humanReview: 'metadataOnly' },
  items: [{ itemId: 'i1', mediaType: 'image', count: 2, evidenceReference: 'vault:9f21-77' }],
  persons: [
    {
      personId: 'p1',
      role: 'reportedUser',
      mayBeChild: 'unknown',
      identifiers: [{ type: 'username', value: 'river_stone_88', verified: 'no' }],
    },
  ],
  networkEvents: [
    {
      event: 'upload',
      ipAddress: '192.0.2.17',
      occurredAt: '2026-11-19T21:04:11+01:00',
      port: 51422,
      personId: 'p1',
      itemIds: ['i1'],
      network: 'residential',
    },
  ],
  note: { text: 'The account was opened a year ago. Première alerte à Liège.', language: 'en' },
};

/** 32 bytes of salt; a real hub draws them. */
export function makeSalt(book: Book, name: string, first: number): Buffer {
  return book.hex(
    name,
    Uint8Array.from({ length: 32 }, (_, index) => first + index),
  );
}
