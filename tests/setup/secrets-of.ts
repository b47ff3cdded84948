import type { RunningLocal } from '@liaison/local';
import type { WantedValues } from './byte-search.ts';

/** Every secret of an installation: private keys, keys that wrap, keyed digests, passwords. */
export function secretsOf({ installation, server }: RunningLocal): WantedValues {
  const { hub, senders, contactPoints } = installation;
  const keys = [
    ...Object.entries({
      directory: hub.directory,
      receipt: hub.receipt,
      dispatch: hub.dispatch,
      encryption: hub.encryption,
    }),
    ...senders.map(({ participant, signing }) => [participant.id, signing] as const),
    ...contactPoints.flatMap(({ participant, signing, encryption }) => [
      [`${participant.id} signing`, signing] as const,
      [`${participant.id} encryption`, encryption] as const,
    ]),
  ];
  const passwords = [
    ...Object.entries(hub.passwords),
    ...contactPoints.flatMap(({ participant, databasePassword, exchangePassword }) => [
      [`${participant.id} database`, databasePassword] as const,
      [`${participant.id} exchange`, exchangePassword] as const,
    ]),
    ['administrator', decodeURIComponent(new URL(server.adminUrl).password)] as const,
  ];
  return {
    // As bytes: base64url, as keys are written, is one of the encodings that are looked for.
    ...Object.fromEntries(
      keys.map(([name, { privateJwk }]) => [`key of ${name}`, Buffer.from(privateJwk.d, 'base64url')]),
    ),
    'key of the log': Buffer.from(hub.logKey.d, 'base64url'),
    'wrapping key': Buffer.from(hub.wrappingKey.bytes, 'base64'),
    'key of refusals': Buffer.from(hub.refusalHmacKey, 'base64'),
    ...Object.fromEntries(passwords.map(([name, password]) => [`password of ${name}`, password])),
  };
}
