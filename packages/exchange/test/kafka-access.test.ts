import { randomUUID } from 'node:crypto';

import { createAuthority } from '@liaison/embedded-kafka';
import { kafkaGroupOf, kafkaNameOf, topicFrom, topicTo } from '@liaison/contracts';
import kafkajs from 'kafkajs';
import type { Admin, Kafka } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { applyTopology, findDrift, openExchange } from '../src/index.ts';
import type { ExchangeTls } from '../src/index.ts';
import { declaration, findKafkaServer } from './kafka-server.ts';
import type { KafkaServer } from './kafka-server.ts';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ConfigResourceTypes, ResourcePatternTypes } =
  kafkajs;
const server = await findKafkaServer();
const instance = randomUUID().slice(0, 8);
const participants = ['cp-be', 'cp-fr'];
const scope = { declaration, instance, participants };
const own = { to: topicTo(instance, 'cp-be'), from: topicFrom(instance, 'cp-be') };
const others = { to: topicTo(instance, 'cp-fr'), from: topicFrom(instance, 'cp-fr') };

afterAll(async () => server?.stop());

function harness(): KafkaServer {
  if (server === null) throw new Error('there is no Kafka');
  return server;
}

/** kafkajs itself, as somebody: what our adapter would never try. */
function kafkaAs(tls: ExchangeTls | null): Kafka {
  return new kafkajs.Kafka({
    brokers: [...harness().connection.brokers],
    ...(tls === null ? {} : { ssl: { ca: [tls.ca], cert: tls.certificate, key: tls.key } }),
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 2_000,
    retry: { retries: 0 },
  });
}

async function adminAs(tls: ExchangeTls | null): Promise<Admin> {
  const admin = kafkaAs(tls).admin();
  onTestFinished(async () => admin.disconnect());
  await admin.connect();
  return admin;
}

async function tlsOf(name: string): Promise<ExchangeTls> {
  const { tls } = await harness().placeOf(name);
  if (tls === null || tls === undefined) throw new Error('this Kafka keeps nobody out');
  return tls;
}

const belgium = async () => adminAs(await tlsOf(kafkaNameOf(instance, 'cp-be')));
const administrator = async () => adminAs(harness().connection.tls);

/** A rule by which the Belgians could read what the French get. */
const leak = {
  resourceType: AclResourceTypes.TOPIC,
  resourceName: others.to,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal: `User:${kafkaNameOf(instance, 'cp-be')}`,
  host: '*',
  operation: AclOperationTypes.READ,
  permissionType: AclPermissionTypes.ALLOW,
};

async function sendAs(topic: string, transactionalId?: string): Promise<void> {
  const kafka = kafkaAs(await tlsOf(kafkaNameOf(instance, 'cp-be')));
  const producer = kafka.producer({
    createPartitioner: () => () => 0,
    ...(transactionalId === undefined ? {} : { transactionalId }),
  });
  onTestFinished(async () => producer.disconnect());
  await producer.connect();
  const messages = [{ value: 'forged' }];
  await (transactionalId === undefined
    ? producer.send({ topic, messages })
    : (await producer.transaction()).send({ topic, messages }));
}

/** Reads as a member of a group, and tells how that ends. */
async function readAs(topic: string, groupId: string): Promise<string> {
  const kafka = kafkaAs(await tlsOf(kafkaNameOf(instance, 'cp-be')));
  const consumer = kafka.consumer({ groupId, retry: { retries: 0, restartOnFailure: async () => false } });
  const ended = new Promise<string>((resolve) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      resolve(payload.error.message);
    });
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const read = new Promise<string>((resolve) => {
    const eachMessage = async () => {
      resolve('a record');
    };
    void consumer.run({ eachMessage });
  });
  try {
    return await Promise.race([ended, read]);
  } finally {
    await consumer.disconnect();
  }
}

describe.skipIf(server === null || !server.hasAccessControl)('on a real broker', () => {
  beforeAll(async () => {
    await applyTopology(harness().connection, scope);
  });

  test('what is allowed works', async () => {
    // With it the brokers have made what groups need: from here on a refusal is one.
    const place = await harness().placeOf(kafkaNameOf(instance, 'hub'));
    const hub = await openExchange(place.address, {
      log: harness().connection.log,
      applicationName: 'hub',
      tls: place.tls ?? null,
    });
    await hub.send(own.to, [{ key: 'first', value: new Uint8Array(1), headers: {} }]);
    await hub.close();
    await expect
      .poll(async () => readAs(own.to, kafkaGroupOf(instance, 'cp-be')), { timeout: 20_000 })
      .toBe('a record');
  });

  describe('a participant is refused', () => {
    test.each([
      ['to write to another', others.to],
      ['to write in another’s name', others.from],
      ['to write what it is to read', own.to],
      ['to write to a topic that nobody made', 'liaison.other.to.cp-be'],
    ])('%s', async (_, topic) => {
      await expect(sendAs(topic)).rejects.toThrow(/authori/i);
    });

    test('to write in a transaction', async () => {
      await expect(sendAs(own.from, 'liaison')).rejects.toThrow(/authori|coordinator/i);
    });

    test.each([
      ['to read what another gets', others.to, kafkaGroupOf(instance, 'cp-be')],
      ['to read what another sends', others.from, kafkaGroupOf(instance, 'cp-be')],
    ])('%s', async (_, topic, group) => {
      await expect(readAs(topic, group)).rejects.toThrow(/authori/i);
    });

    test('to read back what it has sent', async () => {
      await sendAs(own.from);
      expect(await readAs(own.from, kafkaGroupOf(instance, 'cp-be'))).toMatch(/authori/i);
    });

    test.each([
      ['another’s', kafkaGroupOf(instance, 'cp-fr')],
      ['the hub’s', kafkaGroupOf(instance, 'hub')],
      ['one of its own making', `${kafkaGroupOf(instance, 'cp-be')}-2`],
    ])('to read as a member of %s group', async (_, group) => {
      expect(await readAs(own.to, group)).toMatch(/authori|coordinator/i);
    });

    test('to make, change or remove topics, or records in them', async () => {
      const admin = await belgium();
      const topics = [{ topic: 'liaison.mine', numPartitions: 1 }];
      await expect(admin.createTopics({ topics })).rejects.toBeInstanceOf(Error);
      await expect(
        admin.createPartitions({ topicPartitions: [{ topic: own.to, count: 2 }] }),
      ).rejects.toBeInstanceOf(Error);
      await expect(admin.deleteTopics({ topics: [own.to] })).rejects.toBeInstanceOf(Error);
      const partitions = [{ partition: 0, offset: '-1' }];
      await expect(admin.deleteTopicRecords({ topic: own.to, partitions })).rejects.toBeInstanceOf(Error);
      const resources = [
        {
          type: ConfigResourceTypes.TOPIC,
          name: own.to,
          configEntries: [{ name: 'retention.ms', value: '1' }],
        },
      ];
      await expect(admin.alterConfigs({ validateOnly: false, resources })).rejects.toBeInstanceOf(Error);
      expect(await findDrift(harness().connection, scope)).toEqual([]);
    });

    test('to see or change who may do what', async () => {
      const admin = await belgium();
      const any = {
        resourceType: AclResourceTypes.ANY,
        resourcePatternType: ResourcePatternTypes.ANY,
        operation: AclOperationTypes.ANY,
        permissionType: AclPermissionTypes.ANY,
      };
      await expect(admin.describeAcls(any)).rejects.toThrow(/authori/i);
      await admin.createAcls({ acl: [leak] }).catch(() => undefined);
      await admin.deleteAcls({ filters: [any] }).catch(() => undefined);
      expect(await findDrift(harness().connection, scope)).toEqual([]);
    });

    test('to know of anybody else: it sees its own two topics and its own group', async () => {
      const admin = await belgium();
      expect((await admin.listTopics()).toSorted()).toEqual([own.from, own.to].toSorted());
      const { groups } = await admin.listGroups();
      expect(groups.filter(({ groupId }) => groupId !== kafkaGroupOf(instance, 'cp-be'))).toEqual([]);
    });
  });

  describe('nobody comes in', () => {
    test('without a certificate', async () => {
      await expect(kafkaAs(null).admin().connect()).rejects.toBeInstanceOf(Error);
      const { ca } = await tlsOf('anybody');
      const nameless = new kafkajs.Kafka({
        brokers: [...harness().connection.brokers],
        ssl: { ca: [ca] },
        logLevel: kafkajs.logLevel.NOTHING,
        retry: { retries: 0 },
      });
      await expect(nameless.admin().connect()).rejects.toBeInstanceOf(Error);
    });

    test('with one of an authority that the brokers do not know', async () => {
      const foreign = await createAuthority();
      const { ca } = await tlsOf('anybody');
      const forged = { ca, ...(await foreign.issue(kafkaNameOf(instance, 'hub'))) };
      await expect(kafkaAs(forged).admin().connect()).rejects.toBeInstanceOf(Error);
    });
  });

  describe('what is declared', () => {
    test('is made once: again, nothing changes', async () => {
      const again = await applyTopology(harness().connection, scope);
      expect(again).toEqual({ mended: [], left: [] });
    });

    test('is told from what somebody changed by hand, and is made again', async () => {
      const admin = await administrator();
      await admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: ConfigResourceTypes.TOPIC,
            name: own.to,
            configEntries: [
              { name: 'retention.ms', value: '1000' },
              { name: 'segment.ms', value: '60000' },
            ],
          },
        ],
      });
      await admin.createAcls({ acl: [leak] });
      await admin.deleteAcls({
        filters: [{ ...leak, resourceName: own.to, principal: `User:${kafkaNameOf(instance, 'cp-be')}` }],
      });
      await admin.createTopics({ topics: [{ topic: topicTo(instance, 'nobody'), numPartitions: 1 }] });
      const drift = await findDrift(harness().connection, scope);
      expect([...new Set(drift.map(({ kind }) => kind))].toSorted()).toEqual([
        'rule-missing',
        'rule-undeclared',
        'setting-differs',
        'topic-undeclared',
      ]);
      const { mended, left } = await applyTopology(harness().connection, scope);
      expect(mended.map(({ kind }) => kind)).toContain('rule-missing');
      // Neither a topic nor a permission goes unless somebody says so.
      expect(left.map(({ kind }) => kind).toSorted()).toEqual(['rule-undeclared', 'topic-undeclared']);
      const pruned = await applyTopology(harness().connection, scope, { prune: true });
      expect(pruned.left.map(({ kind }) => kind)).toEqual(['topic-undeclared']);
      // What somebody else has set, and nobody declared, stays.
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: own.to, configNames: ['segment.ms'] }],
      });
      expect(resources[0]?.configEntries[0]?.configValue).toBe('60000');
    });
  });
});
