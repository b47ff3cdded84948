import { limits, originOf, type Directory } from '@liaison/contracts';
import { indexDirectory, type DirectoryIndex, type Participant } from '@liaison/directory';
import { hoursFromNow, makeKey, type TestKey } from './make-key.ts';

/** When the hub accepted what it dispatches: an hour ago, by which the keys of senders are judged. */
export const acceptedAt = hoursFromNow(-1);

const hubTypes = ['dispatch+jws', 'delivery-receipt+jws'] as const;
const senderTypes = ['referral+jws', 'request+jws'] as const;
const authorityTypes = ['delivery-receipt+jws', 'feedback+jws'] as const;

function makeHubKeys() {
  return {
    current: makeKey(hubTypes),
    next: makeKey(hubTypes),
    revoked: makeKey(hubTypes, { revoked: { since: hoursFromNow(-3), at: hoursFromNow(-2) } }),
    expired: makeKey(hubTypes, { notAfter: hoursFromNow(-0.1) }),
    notYetValid: makeKey(hubTypes, { notBefore: hoursFromNow(0.1) }),
    forReceipts: makeKey(['submission-receipt+jws']),
    encryption: makeKey(['parcel+jwe']),
  };
}

/** Keys of one sender, with what became of each. */
function makeSenderKeys() {
  return {
    current: makeKey(senderTypes),
    rotatedSince: makeKey(senderTypes, { notAfter: hoursFromNow(-0.5) }),
    expiredBefore: makeKey(senderTypes, { notAfter: hoursFromNow(-2) }),
    validOnlySince: makeKey(senderTypes, { notBefore: hoursFromNow(-0.5) }),
    revokedBefore: makeKey(senderTypes, { revoked: { since: hoursFromNow(-3), at: hoursFromNow(-2) } }),
    stolenBefore: makeKey(senderTypes, { revoked: { since: hoursFromNow(-2), at: hoursFromNow(-0.5) } }),
    stolenSince: makeKey(senderTypes, { revoked: { since: hoursFromNow(-0.5), at: hoursFromNow(-0.25) } }),
  };
}

function makeAuthorityKeys() {
  return {
    signing: makeKey(authorityTypes),
    encryption: makeKey(['parcel+jwe']),
    retired: makeKey(['parcel+jwe']),
  };
}

/** Everybody's keys, the private halves too. */
export interface Members {
  readonly instance: string;
  readonly hub: ReturnType<typeof makeHubKeys>;
  readonly chat: ReturnType<typeof makeSenderKeys>;
  readonly mail: { readonly current: TestKey };
  readonly belgium: ReturnType<typeof makeAuthorityKeys>;
  readonly france: ReturnType<typeof makeAuthorityKeys>;
  readonly directory: DirectoryIndex;
}

function participant(
  who: Pick<Participant, 'id' | 'kind' | 'country'>,
  keys: Readonly<Record<string, TestKey>>,
): Participant {
  return {
    ...who,
    name: who.id,
    establishment: null,
    legalRepresentative: null,
    schemaVersions: ['1.0'],
    dispatchKinds: [],
    keys: Object.values(keys).map(({ listed }) => listed),
  };
}

/** Makes an installation's members and their directory. */
export function makeMembers(instance: string): Members {
  const hub = makeHubKeys();
  const chat = makeSenderKeys();
  const mail = { current: makeKey(senderTypes) };
  const belgium = makeAuthorityKeys();
  const france = makeAuthorityKeys();
  const document: Directory = {
    schemaVersion: '1.0',
    instance,
    sequence: 1,
    issuedAt: hoursFromNow(0),
    expiresAt: new Date(Date.now() + limits.directoryLifeMs).toISOString(),
    hub: 'hub',
    participants: [
      participant({ id: 'hub', kind: 'hub', country: null }, hub),
      participant({ id: 'example-chat', kind: 'provider', country: 'IE' }, chat),
      participant({ id: 'example-mail', kind: 'provider', country: 'NL' }, mail),
      participant({ id: 'cp-be', kind: 'lawEnforcement', country: 'BE' }, belgium),
      participant({ id: 'cp-fr', kind: 'lawEnforcement', country: 'FR' }, france),
    ],
    log: {
      origin: originOf(instance),
      url: 'https://log.liaison.example/v1',
      keys: [`${originOf(instance)}+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW`],
    },
  };
  return { instance, hub, chat, mail, belgium, france, directory: indexDirectory(document) };
}
