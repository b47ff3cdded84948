import { connect, sleep as realSleep } from '@liaison/postgres';

import type { Exchange, Subscription } from '../exchange.ts';
import { ExchangeError } from '../exchange-error.ts';
import type { ExchangeDependencies } from '../exchange-dependencies.ts';
import { openChannelListener } from './channel-listener.ts';
import { splitIntoCalls } from './split-into-calls.ts';
import { createStatements } from './statements.ts';
import { subscribe } from './subscription.ts';

export function openEmbeddedExchange(address: string, dependencies: ExchangeDependencies): Exchange {
  const { log, applicationName, maxConnections = 2 } = dependencies;
  const { now = () => performance.now(), random = Math.random, sleep = realSleep } = dependencies;
  const database = connect({ url: address, applicationName, maxConnections, log });
  const ownListener = openChannelListener({
    url: address,
    applicationName: `${applicationName} listener`,
    log,
  });
  const listener = dependencies.listener ?? ownListener;
  const statements = createStatements(database);
  const subscriptions = new Set<Subscription>();
  let isClosed = false;
  const assertOpen = () => {
    if (isClosed) throw new ExchangeError('exchange-closed');
  };
  return {
    async send(topic, records) {
      assertOpen();
      for (const call of splitIntoCalls(records)) await statements.append(topic, call);
    },
    async sendEach(messages) {
      assertOpen();
      if (messages.length > 0) await statements.appendEach(messages);
    },
    async receive(receive) {
      assertOpen();
      const subscription = await subscribe({ statements, listener, receive, now, random, sleep });
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
      await ownListener.close();
      await database.end();
    },
  };
}
