import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hubParticipantId, kafkaNameOf } from '@liaison/contracts';
import { createAuthority, type Authority } from '@liaison/embedded-kafka';
import { applyTopology, type ExchangeTls, type KafkaConnection } from '@liaison/exchange';
import { readDeclaration } from '@liaison/kafka-topology';
import type { Log } from '@liaison/service';
import { LocalError } from '../local-error.ts';
import type { LocalOptions } from '../options.ts';
import { superviseKafka, type SupervisedKafka } from '../processes/kafka.ts';
import type { RunFolder } from '../processes/run-folder.ts';
import type { DatabaseServer } from './database-server.ts';
import { embeddedPlace, kafkaPlace, type ExchangePlace } from './exchange-place.ts';
import { readExternalKafka } from './external-kafka.ts';
import type { Installation } from './installation.ts';

/** An exchange that is there to be used. */
export interface OpenExchangePlace extends ExchangePlace {
  /** The Kafka that runs for it here. */
  readonly kafka: (SupervisedKafka & { readonly administrator: ExchangeTls }) | null;
  /** Makes a place in the Kafka that runs here for one who joins later. @returns as whom he comes to it */
  readonly admit: ((participantId: string) => Promise<ExchangeTls>) | null;
  stop(): Promise<void>;
}

interface Parts {
  readonly installation: Installation;
  readonly server: DatabaseServer;
  readonly folder: RunFolder;
  readonly deps: {
    readonly log: Log;
    readonly inheritedEnv: Readonly<Record<string, string | undefined>>;
    /** What stands before a broker's port. */
    readonly detour?: (port: number) => Promise<number>;
  };
}

const administrator = 'administrator';
const authorityFile = 'kafka-authority.json';

/** Opens the exchange that was asked for. @throws LocalError, EmbeddedKafkaError, ExchangeError. */
export async function openExchangePlace(options: LocalOptions, parts: Parts): Promise<OpenExchangePlace> {
  const { installation, server, deps } = parts;
  if (!options.kafka) {
    return {
      ...embeddedPlace(installation, server),
      kafka: null,
      admit: null,
      stop: () => Promise.resolve(),
    };
  }
  const external = readExternalKafka(deps.inheritedEnv);
  if (external === null) return openOwnKafka(options, parts);
  const { brokers, tls } = external;
  await prepareTopics({ brokers, tls, log: deps.log }, installation);
  // Of somebody else's Kafka we have one certificate: all come as whom we come.
  return {
    ...kafkaPlace(installation, { brokers, tlsOf: () => tls }),
    kafka: null,
    admit: null,
    stop: () => Promise.resolve(),
  };
}

async function openOwnKafka(
  options: LocalOptions,
  { installation, folder, deps }: Parts,
): Promise<OpenExchangePlace> {
  const authority = await openAuthority(folder);
  const kafka = await superviseKafka(join(folder.path, 'kafka'), {
    authority,
    brokers: options.kafkaBrokers,
    superUsers: [administrator],
    log: deps.log,
    ...(deps.detour === undefined ? {} : { advertise: deps.detour }),
  });
  try {
    const issue = async (name: string): Promise<ExchangeTls> => ({
      ca: authority.caCertificate,
      ...(await authority.issue(name)),
    });
    const brokers = kafka.addresses;
    const administrators = await issue(administrator);
    const connection = { brokers, tls: administrators, log: deps.log };
    await prepareTopics(connection, installation);
    const ids = [hubParticipantId, ...installation.contactPoints.map(({ participant }) => participant.id)];
    const certificates = new Map<string, ExchangeTls>();
    for (const id of ids) certificates.set(id, await issue(kafkaNameOf(installation.instance, id)));
    const tlsOf = (id: string): ExchangeTls | null => certificates.get(id) ?? null;
    const { instance } = installation;
    return {
      ...kafkaPlace(installation, { brokers, tlsOf }),
      kafka: { ...kafka, administrator: administrators },
      async admit(id) {
        const declaration = readDeclaration();
        await applyTopology(connection, { declaration, instance, participants: [id] });
        return issue(kafkaNameOf(instance, id));
      },
      stop: () => kafka.stop(),
    };
  } catch (error) {
    await kafka.stop();
    throw error;
  }
}

/** The same for a folder that is kept: who was known to its brokers stays known. */
async function openAuthority(folder: RunFolder): Promise<Authority> {
  const file = join(folder.keys, authorityFile);
  const known = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Pick<Authority, 'caCertificate' | 'caKey'>)
    : undefined;
  const authority = await createAuthority(known);
  const { caCertificate, caKey } = authority;
  writeFileSync(file, JSON.stringify({ caCertificate, caKey }), { mode: 0o600 });
  return authority;
}

async function prepareTopics(
  connection: KafkaConnection,
  { instance, contactPoints }: Installation,
): Promise<void> {
  const participants = contactPoints.map(({ participant }) => participant.id);
  try {
    await applyTopology(connection, { declaration: readDeclaration(), instance, participants });
  } catch (error) {
    throw new LocalError('kafka-unusable', { cause: error });
  }
}
