import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below where systems take ports for outgoing connections (Linux from 32768): one of those would take it after a kill. */
const range = { from: 15_000, to: 32_000 };
const maxAttempts = 100;

/** A TCP port of the loopback address that was free a moment ago. @throws the last refusal of the system */
export async function findFreePort(random: () => number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = range.from + Math.floor(random() * (range.to - range.from));
    const server = createServer();
    server.listen({ host: '127.0.0.1', port, exclusive: true });
    try {
      await once(server, 'listening');
    } catch (error) {
      if (attempt === maxAttempts) throw error;
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
