import type { AuditSecrets } from '@liaison/audit';
import type { ContactPointEntry } from '@liaison/contact-point';
import { hubParticipantId, originOf, topicFrom, topicTo, type Membership } from '@liaison/contracts';
import { formatVerifierKey } from '@liaison/ledger';
import type { HubSettings, RouterSecrets } from '@liaison/router';
import type { SubmissionApiSecrets } from '@liaison/submission-api';
import { sha256 } from '../sha256.ts';
import type { Ports } from './ports.ts';
import { urlOf, type DatabaseServer } from './database-server.ts';
import type { ExchangePlace } from './exchange-place.ts';
import { namesOf, type InstalledContactPoint, type Installation, type StoredKey } from './installation.ts';

/** Where an installation runs this time. */
export interface Surroundings {
  readonly installation: Installation;
  readonly server: DatabaseServer;
  readonly exchange: ExchangePlace;
  readonly ports: Ports;
}

const host = '127.0.0.1';

/** Addresses that people and participants see. */
export function addressesOf(ports: Ports) {
  return {
    submissionApi: `http://${host}:${ports.submissionApi}`,
    log: `http://${host}:${ports.log}/v1`,
    entries: `http://${host}:${ports.entries}/v1`,
    dashboard: `http://${host}:${ports.entries}`,
    contactPoints: `http://${host}:${ports.contactPoints}`,
  };
}

/** The log's verifier key (C2SP signed-note). */
export async function logKeyOf({ instance, hub }: Installation): Promise<string> {
  const publicKey = new Uint8Array(Buffer.from(hub.logKey.x, 'base64url'));
  return formatVerifierKey({ name: originOf(instance), publicKey, digest: sha256 });
}

function toSigningKey({ kid, privateJwk }: StoredKey): { kid: string; jwk: StoredKey['privateJwk'] } {
  return { kid, jwk: privateJwk };
}

export function submissionApiSecrets({ installation: { hub } }: Surroundings): SubmissionApiSecrets {
  return {
    receiptKey: toSigningKey(hub.receipt),
    wrappingKeys: [hub.wrappingKey],
    refusalHmacKey: hub.refusalHmacKey,
    anchors: [hub.directory.publicJwk],
  };
}

export async function routerSecrets({ installation, exchange }: Surroundings): Promise<RouterSecrets> {
  const { hub } = installation;
  const { tls } = exchange.accessOf(hubParticipantId);
  return {
    directoryKey: toSigningKey(hub.directory),
    dispatchKey: toSigningKey(hub.dispatch),
    decryptionKeys: [toSigningKey(hub.encryption)],
    wrappingKeys: [hub.wrappingKey],
    anchors: [hub.directory.publicJwk],
    logKeys: [await logKeyOf(installation)],
    ...(tls === null ? {} : { exchangeTls: tls }),
  };
}

export function auditSecrets({ installation: { hub } }: Surroundings): AuditSecrets {
  return { logKey: hub.logKey };
}

/** What the hub's commands need. */
export async function hubSettings({
  installation,
  server,
  exchange,
  ports,
}: Surroundings): Promise<HubSettings> {
  const { hubDatabase, exchangeDatabase } = namesOf(installation);
  const { submissionApi, log } = addressesOf(ports);
  return {
    instance: installation.instance,
    origin: originOf(installation.instance),
    databaseUrl: urlOf(server, hubDatabase),
    ...(exchange.kind === 'kafka'
      ? { exchangeAdminUrl: null, kafkaUrl: exchange.accessOf(hubParticipantId).url }
      : { exchangeAdminUrl: urlOf(server, exchangeDatabase) }),
    submissionApi,
    logUrl: log,
    logKeys: [await logKeyOf(installation)],
    anchors: [installation.hub.directory.publicJwk],
  };
}

/** What a participant got at registration. */
export async function membershipOf(
  participantId: string,
  kind: Membership['kind'],
  { installation, ports }: Surroundings,
): Promise<Membership> {
  const { submissionApi, log } = addressesOf(ports);
  return {
    schemaVersion: '1.0',
    participantId,
    kind,
    instance: installation.instance,
    hub: hubParticipantId,
    submissionApi,
    anchors: [installation.hub.directory.publicJwk],
    log: { origin: originOf(installation.instance), url: log, keys: [await logKeyOf(installation)] },
    exchange: null,
  };
}

/** A contact point as the process that hosts it needs it. */
export async function contactPointEntry(
  contactPoint: InstalledContactPoint,
  surroundings: Surroundings,
): Promise<ContactPointEntry> {
  const { installation, server, exchange } = surroundings;
  const { instance } = installation;
  const names = namesOf(installation);
  const { id, kind } = contactPoint.participant;
  const login = { role: names.inboxRole(id), password: contactPoint.databasePassword };
  const { url, group, tls } = exchange.accessOf(id);
  return {
    basePath: `/${id}`,
    databaseUrl: urlOf(server, names.inboxDatabase(id), login),
    membership: {
      ...(await membershipOf(id, kind, surroundings)),
      exchange: {
        url,
        readTopic: topicTo(instance, id),
        writeTopic: topicFrom(instance, id),
        group,
      },
    },
    signingKey: toSigningKey(contactPoint.signing),
    decryptionKeys: [toSigningKey(contactPoint.encryption)],
    ...(tls === null ? {} : { exchangeTls: tls }),
  };
}
