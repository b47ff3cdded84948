import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';

import { createKafka } from '../create-kafka.ts';
import type { KafkaOptions } from '../create-kafka.ts';
import { kafkaErrorTypeOf, toExchangeError } from '../to-exchange-error.ts';
import { toAccessRules, toAclEntry } from './acl-codes.ts';
import { diffTopology } from './diff-topology.ts';
import { planTopology } from './plan-topology.ts';
import type { AccessRule, Drift, TopicState, Topology, TopologyDeclaration } from './topology.ts';

/** How an administrator reaches a Kafka. */
export type KafkaConnection = Pick<KafkaOptions, 'brokers' | 'tls' | 'log'>;

export interface TopologyScope {
  readonly declaration: TopologyDeclaration;
  readonly instance: string;
  readonly participants: readonly string[];
}

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ConfigResourceTypes, ResourcePatternTypes } =
  kafkajs;

/**
 * In what a Kafka differs from what is declared for an instance and its participants.
 * @throws ExchangeError `exchange-unavailable`, `topic-forbidden` where the administrator may not look
 */
export async function findDrift(connection: KafkaConnection, scope: TopologyScope): Promise<Drift[]> {
  return withAdmin(connection, async (admin) => compare(admin, scope));
}

/**
 * Makes a Kafka what is declared; again: no change. Never removes a topic, never changes how many partitions one has, and
 * takes permissions away only where `prune` is given.
 * @returns what was mended, and what was left as it is
 * @throws ExchangeError
 */
export async function applyTopology(
  connection: KafkaConnection,
  scope: TopologyScope,
  { prune = false }: { readonly prune?: boolean } = {},
): Promise<{ readonly mended: readonly Drift[]; readonly left: readonly Drift[] }> {
  return withAdmin(connection, async (admin) => {
    const drift = await compare(admin, scope);
    const isMended = ({ kind }: Drift) =>
      kind === 'topic-missing' ||
      kind === 'setting-differs' ||
      kind === 'rule-missing' ||
      (prune && kind === 'rule-undeclared');
    const mended = drift.filter(isMended);
    await createTopics(admin, mended);
    await alterSettings(admin, mended);
    await changeRules(admin, mended);
    return { mended, left: drift.filter((one) => !isMended(one)) };
  });
}

async function withAdmin<Result>(connection: KafkaConnection, work: (admin: Admin) => Promise<Result>) {
  const admin = createKafka({ ...connection, clientId: 'liaison-administration' }).admin();
  try {
    await admin.connect();
    return await work(admin);
  } catch (error) {
    throw toExchangeError(error);
  } finally {
    await admin.disconnect();
  }
}

async function compare(admin: Admin, scope: TopologyScope): Promise<Drift[]> {
  const { brokers } = await admin.describeCluster();
  const planned = planTopology(scope.declaration, { ...scope, brokers: brokers.length });
  return diffTopology(planned, await readTopology(admin, scope));
}

async function readTopology(admin: Admin, { declaration, instance }: TopologyScope): Promise<Topology> {
  const prefix = `liaison.${instance}.`;
  const names = (await admin.listTopics()).filter((name) => name.startsWith(prefix)).toSorted();
  const isOurs = ({ name, principal }: AccessRule) =>
    name.startsWith(prefix) || principal.startsWith(`${instance}.`);
  const rules = (await readRules(admin))?.filter(isOurs) ?? null;
  return { topics: await readTopics(admin, names, Object.keys(declaration.topics.settings)), rules };
}

async function readTopics(admin: Admin, names: string[], settingNames: string[]): Promise<TopicState[]> {
  if (names.length === 0) return [];
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configNames: settingNames })),
  });
  return topics.map(({ name, partitions }) => {
    const entries = resources.find(({ resourceName }) => resourceName === name)?.configEntries ?? [];
    return {
      name,
      partitions: partitions.length,
      replicas: partitions[0]?.replicas.length ?? 0,
      settings: Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue])),
    };
  });
}

/** All rules that there are; null where the brokers keep none. */
async function readRules(admin: Admin): Promise<AccessRule[] | null> {
  try {
    return await readAllRules(admin);
  } catch (error) {
    if (kafkaErrorTypeOf(error) === 'SECURITY_DISABLED') return null;
    throw error;
  }
}

async function readAllRules(admin: Admin): Promise<AccessRule[]> {
  const { resources } = await admin.describeAcls({
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  });
  return resources.flatMap(toAccessRules);
}

async function createTopics(admin: Admin, drift: readonly Drift[]): Promise<void> {
  const topics = drift.flatMap((one) => (one.kind === 'topic-missing' ? [one.topic] : []));
  if (topics.length === 0) return;
  await admin.createTopics({
    waitForLeaders: true,
    timeout: 20_000,
    topics: topics.map(({ name, partitions, replicas, settings }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor: replicas,
      configEntries: Object.entries(settings).map(([setting, value]) => ({ name: setting, value })),
    })),
  });
}

/** Kafka replaces all settings of a topic at once by what it is given: those that somebody else has set go along. */
async function alterSettings(admin: Admin, drift: readonly Drift[]): Promise<void> {
  const wrong = drift.flatMap((one) => (one.kind === 'setting-differs' ? [one] : []));
  const names = [...new Set(wrong.map(({ name }) => name))];
  if (names.length === 0) return;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  await admin.alterConfigs({
    validateOnly: false,
    resources: resources.map(({ resourceName, configEntries }) => {
      const kept = configEntries.filter(({ isDefault }) => !isDefault);
      const settings = new Map(kept.map(({ configName, configValue }) => [configName, configValue]));
      for (const { name, setting, declared } of wrong) {
        if (name === resourceName) settings.set(setting, declared);
      }
      return {
        type: ConfigResourceTypes.TOPIC,
        name: resourceName,
        configEntries: [...settings].map(([name, value]) => ({ name, value })),
      };
    }),
  });
}

async function changeRules(admin: Admin, drift: readonly Drift[]): Promise<void> {
  const missing = drift.flatMap((one) => (one.kind === 'rule-missing' ? [toAclEntry(one.rule)] : []));
  const undeclared = drift.flatMap((one) => (one.kind === 'rule-undeclared' ? [toAclEntry(one.rule)] : []));
  if (missing.length > 0) await admin.createAcls({ acl: missing });
  if (undeclared.length > 0) await admin.deleteAcls({ filters: undeclared });
}
