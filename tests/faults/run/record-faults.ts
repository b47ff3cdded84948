import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hubParticipantId, topicFrom, topicTo } from '@liaison/contracts';
import { openExchange, type Exchange } from '@liaison/exchange';
import { namesOf } from '@liaison/local';
import { silentLog } from '@liaison/service';
import { withDatabase } from '../../setup/database-remains.ts';
import type { Fault } from '../schedule/fault.ts';
import type { Applied } from './apply-fault.ts';
import { holderIds, type FaultWorld } from './fault-world.ts';

/** Works as somebody who takes part. */
async function as<Result>(
  { whole }: FaultWorld,
  participantId: string,
  work: (exchange: Exchange, group: string) => Promise<Result>,
): Promise<Result> {
  const { url, tls, group } = whole.local.exchange.accessOf(participantId);
  const exchange = await openExchange(url, { log: silentLog, applicationName: 'fault', tls });
  try {
    return await work(exchange, group);
  } finally {
    await exchange.close();
  }
}

/** What is nothing that anybody would send: noise, nothing at all, and what looks like a message from afar. */
const poisons: readonly (() => Buffer)[] = [
  () => randomBytes(2_000),
  () => Buffer.alloc(0),
  () => Buffer.from('a.b.c'),
  () => Buffer.from('eyJhbGciOiJub25lIn0.eyJ4IjoxfQ.AAAA.AAAA.AAAA'),
  () => Buffer.alloc(900_000, 'A'),
];

/** Puts a record on a topic that nobody can read. While the exchange is away there is nowhere to put it. */
export async function sendPoison(
  world: FaultWorld,
  { towards, shape }: Extract<Fault, { kind: 'poison' }>,
): Promise<void> {
  const { instance } = world.whole.local.installation;
  const [holder] = holderIds;
  const [sender, topic] =
    towards === 'hub' ? [holder, topicFrom(instance, holder)] : [hubParticipantId, topicTo(instance, holder)];
  const value = poisons[shape % poisons.length]?.() ?? Buffer.alloc(0);
  await as(world, sender, (exchange) => exchange.send(topic, [{ key: 'poison', value, headers: {} }])).catch(
    () => undefined,
  );
}

/** Sends the last records of a contact point's topic once more, the last one first. */
export async function repeatRecords(world: FaultWorld, count: number): Promise<Applied> {
  const { local } = world.whole;
  const { instance } = local.installation;
  const [holder] = holderIds;
  const topic = topicTo(instance, holder);
  const read = local.exchange.kafka === null ? readEmbedded : readKafka;
  const values = await readSafely(() => read(world, topic, count));
  const records = values.toReversed().map((value) => ({ key: 'again', value, headers: {} }));
  if (records.length === 0) return { kind: 'skipped', why: 'nothing has been sent yet' };
  await as(world, hubParticipantId, (exchange) => exchange.send(topic, records)).catch(() => undefined);
  return { kind: 'done' };
}

const readAttempts = 6;
const readPauseMs = 1_000;

/** What carries the records may be on its way back from the fault that came with this one. */
async function readSafely(read: () => Promise<Uint8Array[]>): Promise<Uint8Array[]> {
  for (let attempt = 1; attempt < readAttempts; attempt += 1) {
    const values = await read().catch(() => []);
    if (values.length > 0) return values;
    await sleep(readPauseMs);
  }
  return read();
}

async function readEmbedded({ whole }: FaultWorld, topic: string, count: number): Promise<Uint8Array[]> {
  const { exchangeDatabase } = namesOf(whole.local.installation);
  return withDatabase(whole.local, exchangeDatabase, async (database) => {
    const { rows } = await database.query<{ value: Buffer }>(
      `select value from exchange.record join exchange.topic using (topic_id) where name = $1
       order by "offset" desc limit $2`,
      [topic, count],
    );
    return rows.map(({ value }) => value).toReversed();
  });
}

const readMs = 3_000;

/** As the administrator, in a group that nobody else is in. */
async function readKafka({ whole }: FaultWorld, topic: string, count: number): Promise<Uint8Array[]> {
  const { kafka } = whole.local.exchange;
  if (kafka === null) return [];
  const { url } = whole.local.exchange.accessOf(hubParticipantId);
  const exchange = await openExchange(url, {
    log: silentLog,
    applicationName: 'onlooker',
    tls: kafka.administrator,
  });
  const values: Uint8Array[] = [];
  try {
    await exchange.receive({
      group: `onlooker-${randomBytes(4).toString('hex')}`,
      topics: [topic],
      maxRecords: 500,
      maxBytes: 8_000_000,
      handle: async (records) => void values.push(...records.map(({ value }) => value)),
      quarantine: () => Promise.resolve(),
      isTransient: () => true,
      log: silentLog,
    });
    await sleep(readMs);
    return values.slice(-count);
  } finally {
    await exchange.close();
  }
}

/** Members join the groups of the hub and of a contact point, get nothing done, and leave again. */
export async function stormGroups(world: FaultWorld, members: number): Promise<void> {
  const { instance } = world.whole.local.installation;
  const [holder] = holderIds;
  const storms = [
    { participantId: hubParticipantId, topics: holderIds.map((id) => topicFrom(instance, id)) },
    { participantId: holder, topics: [topicTo(instance, holder)] },
  ];
  const join = ({ participantId, topics }: (typeof storms)[number]): Promise<void> =>
    as(world, participantId, async (exchange, group) => {
      await exchange.receive({
        group,
        topics,
        maxRecords: 10,
        maxBytes: 1_000_000,
        // What it is given it must not take: the next member gets it again.
        handle: () => Promise.reject(new Error('not for me')),
        quarantine: () => Promise.resolve(),
        isTransient: () => true,
        log: silentLog,
      });
    }).catch(() => undefined);
  await Promise.all(storms.flatMap((storm) => Array.from({ length: members }, () => join(storm))));
}
