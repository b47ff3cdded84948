import { afterAll, beforeAll, describe } from 'vitest';

import { describeExchange } from './exchange-contract.ts';
import { startExchangeServer } from './exchange-server.ts';
import type { ExchangeServer } from './exchange-server.ts';

let server: ExchangeServer;

beforeAll(async () => {
  server = await startExchangeServer();
});

afterAll(async () => server.stop());

describe('the embedded exchange', () => {
  describeExchange(() => server);
});
