/** Where one broker listens, and how clients are told to reach it. */
export interface BrokerPlace {
  readonly id: number;
  /** Name or address under which clients and the other brokers reach it. */
  readonly host: string;
  /** Address on which it listens; `0.0.0.0` for all of them. */
  readonly listensOn: string;
  readonly clientPort: number;
  readonly brokerPort: number;
  readonly controllerPort: number;
  /** Another port than `clientPort` where something stands in front of it. */
  readonly advertisedPort: number;
}

/** Paths of PEM files: certificate with key of the brokers, and the authority. */
export interface BrokerKeys {
  readonly keyStoreFile: string;
  readonly trustStoreFile: string;
}

/** As whom brokers speak with each other. */
export const brokerName = 'broker';

/**
 * The settings of a broker that is its own controller too (KRaft), as Liaison needs them: topics by declaration only, no
 * unclean election, and under mutual TLS nobody may do anything that no rule allows.
 */
export function brokerSettings(options: {
  readonly place: BrokerPlace;
  readonly all: readonly BrokerPlace[];
  readonly dataFolder: string;
  /** null: plain text, everybody may do everything. */
  readonly keys: BrokerKeys | null;
  readonly superUsers: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}): Record<string, string> {
  const { place, all, keys } = options;
  const protocol = keys === null ? 'PLAINTEXT' : 'SSL';
  const replicas = String(Math.min(3, all.length));
  const leastInSync = String(Math.min(2, all.length));
  return {
    'process.roles': 'broker,controller',
    'node.id': String(place.id),
    'controller.quorum.voters': all
      .map(({ id, host, controllerPort }) => `${id}@${host}:${controllerPort}`)
      .join(','),
    listeners: [
      `CLIENTS://${place.listensOn}:${place.clientPort}`,
      `BROKERS://${place.listensOn}:${place.brokerPort}`,
      `CONTROLLER://${place.listensOn}:${place.controllerPort}`,
    ].join(','),
    'advertised.listeners': `CLIENTS://${place.host}:${place.advertisedPort},BROKERS://${place.host}:${place.brokerPort}`,
    'listener.security.protocol.map': ['CLIENTS', 'BROKERS', 'CONTROLLER']
      .map((name) => `${name}:${protocol}`)
      .join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'BROKERS',
    'log.dirs': options.dataFolder,
    'auto.create.topics.enable': 'false',
    'default.replication.factor': replicas,
    'min.insync.replicas': leastInSync,
    'unclean.leader.election.enable': 'false',
    // One that was killed is missed, and may come back, after three seconds instead of nine.
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    // Who comes first need not wait three seconds for company.
    'group.initial.rebalance.delay.ms': '0',
    'group.min.session.timeout.ms': '3000',
    'offsets.topic.num.partitions': '1',
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': leastInSync,
    'num.network.threads': '2',
    'num.io.threads': '4',
    'log.cleaner.dedupe.buffer.size': '8388608',
    ...(keys === null ? {} : securitySettings(keys, options.superUsers)),
    ...options.settings,
  };
}

function securitySettings(keys: BrokerKeys, superUsers: readonly string[]): Record<string, string> {
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keys.keyStoreFile,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': keys.trustStoreFile,
    'ssl.client.auth': 'required',
    // Who somebody is: the common name of the certificate.
    'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/,DEFAULT',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'false',
    'super.users': [brokerName, ...superUsers].map((name) => `User:${name}`).join(';'),
  };
}

/** As a file of Java properties. */
export function toProperties(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('');
}
