import { sleep as realSleep } from '@liaison/postgres';

import type { Exchange, OutgoingRecord, Subscription } from '../exchange.ts';
import { ExchangeError } from '../exchange-error.ts';
import type { ExchangeDependencies } from '../exchange-dependencies.ts';
import { createKafka } from './create-kafka.ts';
import { createSender } from './create-sender.ts';
import { subscribeToKafka } from './subscribe-to-kafka.ts';

/** @param brokers `host:port` of each */
export function openKafkaExchange(brokers: readonly string[], dependencies: ExchangeDependencies): Exchange {
  const { log, applicationName, tls = null } = dependencies;
  const { now = () => performance.now(), random = Math.random, sleep = realSleep } = dependencies;
  const client = { brokers, tls, clientId: applicationName, log };
  const sender = createSender(createKafka(client));
  const subscriptions = new Set<Subscription>();
  let isClosed = false;
  const assertOpen = () => {
    if (isClosed) throw new ExchangeError('exchange-closed');
  };
  return {
    async send(topic, records) {
      assertOpen();
      await sender.send(new Map([[topic, records]]));
    },
    async sendEach(messages) {
      assertOpen();
      const batches = new Map<string, OutgoingRecord[]>();
      for (const { topic, record } of messages) {
        const records = batches.get(topic) ?? [];
        records.push(record);
        batches.set(topic, records);
      }
      await sender.send(batches);
    },
    async receive(receive) {
      assertOpen();
      const subscription = await subscribeToKafka({ client, receive, now, random, sleep });
      subscriptions.add(subscription);
      return {
        ...subscription,
        async close() {
          subscriptions.delete(subscription);
          await subscription.close();
        },
      };
    },
    async close() {
      isClosed = true;
      await Promise.all([...subscriptions].map((subscription) => subscription.close()));
      await sender.close();
    },
  };
}
