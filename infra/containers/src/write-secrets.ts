import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hubParticipantId, kafkaNameOf } from '@liaison/contracts';
import {
  brokerName,
  brokerSettings,
  createAuthority,
  toProperties,
  type Authority,
} from '@liaison/embedded-kafka';
import type { ExchangeTls } from '@liaison/exchange';
import {
  auditSecrets,
  contactPointEntry,
  createInstallation,
  kafkaPlace,
  namesOf,
  routerSecrets,
  submissionApiSecrets,
  urlOf,
  type Installation,
  type Surroundings,
} from '@liaison/local';
import { createAddressOverlay } from '@liaison/testkit';
import { brokers, hosts, operationsPorts, ports } from './places.ts';

/** Who the processes are in their containers. */
const containerUser = 10_001;
const administrator = 'administrator';

/** What was written, and what the host needs to know of it. */
export interface Secrets {
  readonly folder: string;
  readonly installation: Installation;
  readonly postgresPassword: string;
}

/** Addresses as containers find each other, in place of those of one machine. */
function withHosts(text: string): string {
  return text
    .replaceAll(`http://127.0.0.1:${ports.submissionApi}`, `http://${hosts.hub}:${ports.submissionApi}`)
    .replaceAll(`http://127.0.0.1:${ports.log}`, `http://${hosts.hub}:${ports.log}`);
}

/** Each container reads a folder of its own: nobody holds what is another's. */
function createWriter(folder: string) {
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  };
  return {
    write,
    json: (name: string, value: unknown): void => {
      write(name, withHosts(JSON.stringify(value, null, 2)));
    },
    environment: (name: string, values: Readonly<Record<string, string>>): void => {
      const lines = Object.entries(values).map(([key, value]) => `${key}=${value}\n`);
      write(name, withHosts(lines.join('')));
    },
  };
}

type Writer = ReturnType<typeof createWriter>;

async function issueAll(authority: Authority, { instance, contactPoints }: Installation) {
  const ids = [hubParticipantId, ...contactPoints.map(({ participant }) => participant.id)];
  const certificates = new Map<string, ExchangeTls>();
  for (const id of ids) {
    const issued = await authority.issue(kafkaNameOf(instance, id));
    certificates.set(id, { ca: authority.caCertificate, ...issued });
  }
  return (id: string): ExchangeTls | null => certificates.get(id) ?? null;
}

async function writeBrokers(writer: Writer, authority: Authority): Promise<void> {
  for (const place of brokers) {
    const serverNames = [place.host, 'localhost', '127.0.0.1'];
    const { certificate, key } = await authority.issue(brokerName, { serverNames });
    writer.write(`${place.host}/broker.pem`, `${key}\n${certificate}\n`);
    const settings = brokerSettings({
      place,
      all: brokers,
      dataFolder: '/data/kafka',
      keys: {
        keyStoreFile: '/run/liaison/broker.pem',
        trustStoreFile: '/run/liaison/exchange-ca.pem',
      },
      superUsers: [administrator],
      settings: {},
    });
    writer.write(`${place.host}/server.properties`, toProperties(settings));
    writer.write(`${place.host}/exchange-ca.pem`, `${authority.caCertificate}\n`);
  }
  const { certificate, key } = await authority.issue(administrator);
  writer.write('administration/exchange-ca.pem', `${authority.caCertificate}\n`);
  writer.write('administration/administrator.pem', `${certificate}\n`);
  writer.write('administration/administrator-key.pem', `${key}\n`);
}

async function writeHub(writer: Writer, surroundings: Surroundings): Promise<void> {
  const { installation, server, exchange } = surroundings;
  const { passwords } = installation.hub;
  const names = namesOf(installation);
  const common = (service: 'submission-api' | 'router' | 'audit'): Record<string, string> => ({
    INSTANCE: installation.instance,
    DATABASE_URL: urlOf(server, names.hubDatabase, {
      role: names.login(service),
      password: passwords[service],
    }),
    SECRETS_FILE: `/run/liaison/${service}.json`,
    OPERATIONS_PORT: String(operationsPorts[service]),
    READINESS_URL: `http://127.0.0.1:${operationsPorts[service]}/readyz`,
  });
  const place = exchange.accessOf(hubParticipantId);
  writer.json('submission-api/submission-api.json', submissionApiSecrets(surroundings));
  writer.json('router/router.json', await routerSecrets(surroundings));
  writer.json('audit/audit.json', auditSecrets(surroundings));
  writer.json('router/address-overlay.json', createAddressOverlay());
  writer.environment('submission-api.env', {
    ...common('submission-api'),
    HOST: '0.0.0.0',
    PORT: String(ports.submissionApi),
    PUBLIC_ORIGIN: `http://127.0.0.1:${ports.submissionApi}`,
  });
  writer.environment('router.env', {
    ...common('router'),
    EXCHANGE_URL: place.url,
    EXCHANGE_GROUP: place.group,
    LOG_URL: `http://127.0.0.1:${ports.log}/v1`,
    ADDRESS_OVERLAY_FILE: '/run/liaison/address-overlay.json',
  });
  writer.environment('audit.env', {
    ...common('audit'),
    HOST: '0.0.0.0',
    PORT: String(ports.log),
    ENTRIES_PORT: String(ports.entries),
  });
}

async function writeContactPoints(writer: Writer, surroundings: Surroundings): Promise<void> {
  for (const contactPoint of surroundings.installation.contactPoints) {
    const { id } = contactPoint.participant;
    writer.json(`${id}/${id}.json`, [await contactPointEntry(contactPoint, surroundings)]);
    writer.environment(`${id}.env`, {
      CONTACT_POINTS_FILE: `/run/liaison/${id}.json`,
      PORT: String(ports.contactPoints),
      OPERATIONS_PORT: String(operationsPorts.contactPoint),
      READINESS_URL: `http://127.0.0.1:${ports.contactPoints}/${id}/readyz`,
    });
  }
}

/** Makes an installation for Belgium, France and Europol, and writes what each container reads: keys, certificates, passwords. */
export async function writeSecrets(folder: string): Promise<Secrets> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const installation = createInstallation(['BE', 'FR']);
  const authority = await createAuthority();
  const postgresPassword = randomBytes(24).toString('base64url');
  const server = { adminUrl: `postgres://postgres:${postgresPassword}@${hosts.postgres}:5432/postgres` };
  const exchange = kafkaPlace(installation, {
    brokers: brokers.map(({ host, advertisedPort }) => `${host}:${advertisedPort}`),
    tlsOf: await issueAll(authority, installation),
  });
  const surroundings = { installation, server, exchange, ports };
  const writer = createWriter(folder);
  await writeBrokers(writer, authority);
  await writeHub(writer, surroundings);
  await writeContactPoints(writer, surroundings);
  writer.write('postgres/postgres-password', postgresPassword);
  // Only the containers' own user may read them.
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    chownSync(join(folder, name), containerUser, containerUser);
  }
  return { folder, installation, postgresPassword };
}
