import { afterAll, describe } from 'vitest';

import { describeExchange } from './exchange-contract.ts';
import { findKafkaServer } from './kafka-server.ts';
import type { KafkaServer } from './kafka-server.ts';

const server = await findKafkaServer();

afterAll(async () => server?.stop());

describe.skipIf(server === null)('the exchange on Kafka', () => {
  describeExchange((): KafkaServer => {
    if (server === null) throw new Error('there is no Kafka');
    return server;
  });
});
