import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { LogKey } from '@liaison/audit';
import type { PublicJwk } from '@liaison/contracts';
import { generateKeyPair, type KeyPair, type PrivateJwk } from '@liaison/seal';
import { demoContactPoints, demoEuropol, demoSenders, type DemoParticipant } from '@liaison/testkit';

/** Version of what a data folder holds; a folder of another one is refused. */
export const dataFormat = 2;

/** A key pair as it is kept. */
export interface StoredKey {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly privateJwk: PrivateJwk;
}

/** A contact point of the installation, with its keys and passwords. */
export interface InstalledContactPoint {
  readonly participant: DemoParticipant;
  readonly signing: StoredKey;
  readonly encryption: StoredKey;
  readonly databasePassword: string;
  readonly exchangePassword: string;
}

/** Everything secret of one installation on this machine: the one file from which all others are derived. */
export interface Installation {
  readonly format: number;
  readonly instance: string;
  readonly hub: {
    readonly directory: StoredKey;
    readonly receipt: StoredKey;
    readonly dispatch: StoredKey;
    readonly encryption: StoredKey;
    readonly logKey: LogKey;
    readonly wrappingKey: { readonly id: string; readonly bytes: string };
    readonly refusalHmacKey: string;
    readonly passwords: Readonly<
      Record<'submission-api' | 'router' | 'audit' | 'exchange' | 'template', string>
    >;
  };
  readonly senders: readonly { readonly participant: DemoParticipant; readonly signing: StoredKey }[];
  readonly contactPoints: readonly InstalledContactPoint[];
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

function storeKey({ kid, publicJwk, privateJwk }: KeyPair): StoredKey {
  return { kid, publicJwk, privateJwk };
}

function newLogKey(): LogKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { x = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, d };
}

/** Makes a new installation: keys, passwords, and a name of its own, so that two on one server never meet. */
export function createInstallation(states: readonly string[] | null): Installation {
  const wanted = demoContactPoints.filter(({ country }) => states === null || states.includes(country ?? ''));
  const newKey = (): StoredKey => storeKey(generateKeyPair());
  return {
    format: dataFormat,
    instance: `local-${randomBytes(4).toString('hex')}`,
    hub: {
      directory: newKey(),
      receipt: newKey(),
      dispatch: newKey(),
      encryption: newKey(),
      logKey: newLogKey(),
      wrappingKey: { id: 'wrapping-1', bytes: randomBytes(32).toString('base64') },
      refusalHmacKey: randomBytes(32).toString('base64'),
      passwords: {
        'submission-api': newPassword(),
        router: newPassword(),
        audit: newPassword(),
        exchange: newPassword(),
        template: newPassword(),
      },
    },
    senders: demoSenders.map((participant) => ({ participant, signing: newKey() })),
    contactPoints: [...wanted, demoEuropol].map((participant) => ({
      participant,
      signing: newKey(),
      encryption: newKey(),
      databasePassword: newPassword(),
      exchangePassword: newPassword(),
    })),
  };
}

/** Names of databases and roles on the server: they belong to the whole of it, so the installation stands in each. */
export function namesOf({ instance }: Installation) {
  const prefix = `liaison_${instance.replaceAll('-', '_')}`;
  return {
    hubDatabase: `${prefix}_hub`,
    exchangeDatabase: `${prefix}_exchange`,
    templateDatabase: `${prefix}_template`,
    /** Owns the tables of all contact points' databases; each contact point's role is a member. */
    templateRole: `${prefix}_template`,
    login: (service: string) => `${prefix}_${service.replaceAll('-', '_')}`,
    inboxDatabase: (participantId: string) => `${prefix}_${participantId.replaceAll('-', '_')}`,
    inboxRole: (participantId: string) => `${prefix}_${participantId.replaceAll('-', '_')}`,
  };
}
