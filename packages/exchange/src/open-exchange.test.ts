import { expect, test } from 'vitest';

import { openExchange } from './open-exchange.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

test.each(['kafka://broker', 'kafka://a:1,', 'http://localhost', 'localhost:5432', ''])(
  'an address for which there is no adapter is refused: %s',
  async (address) => {
    await expect(openExchange(address, { log, applicationName: 'test' })).rejects.toMatchObject({
      code: 'scheme-unknown',
    });
  },
);

test('an exchange that cannot be reached opens, and says so when used', async () => {
  const exchange = await openExchange('postgres://nobody@127.0.0.1:1/none', { log, applicationName: 'test' });
  const record = { key: '', value: new Uint8Array(1), headers: {} };
  await expect(exchange.send('topic', [record])).rejects.toMatchObject({
    code: 'exchange-unavailable',
    isTransient: true,
  });
  await exchange.close();
  await expect(exchange.send('topic', [record])).rejects.toMatchObject({ code: 'exchange-closed' });
});
