import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { LocalError } from '../local-error.ts';

/** Ports of what people and participants reach. */
export interface Ports {
  readonly submissionApi: number;
  readonly log: number;
  readonly entries: number;
  readonly contactPoints: number;
}

const offsets = { submissionApi: 0, log: 10, entries: 11, contactPoints: 20 } as const;

/** Holds a port for a moment. @returns its number. @throws LocalError `port-in-use`. */
async function probe(port: number): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer();
  server.listen({ host: '127.0.0.1', port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new LocalError('port-in-use', { cause: error, detail: `port ${port}` });
  }
  const address = server.address();
  const found = typeof address === 'object' && address !== null ? address.port : port;
  return {
    port: found,
    async release() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** Below the range from which systems take ports for outgoing connections, so that no connection of ours gets there first. */
const freeRange = { from: 15_000, to: 31_999 } as const;

/** Holds any free port. @throws LocalError `port-in-use` where so many tries were in vain. */
async function probeAny(): Promise<{ port: number; release: () => Promise<void> }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await probe(randomInt(freeRange.from, freeRange.to));
    } catch (error) {
      if (attempt === 50) throw error;
    }
  }
}

/**
 * Chooses the ports before anything is started, so that a port in use is found at once, and so that what restarts comes
 * back where it was.
 * @param first 0 picks any free ones.
 * @throws LocalError `port-in-use`.
 */
export async function choosePorts(first: number): Promise<Ports> {
  const held: { port: number; release: () => Promise<void> }[] = [];
  try {
    for (const offset of Object.values(offsets)) {
      held.push(first === 0 ? await probeAny() : await probe(first + offset));
    }
  } finally {
    await Promise.all(held.map(({ release }) => release()));
  }
  const [submissionApi = 0, log = 0, entries = 0, contactPoints = 0] = held.map(({ port }) => port);
  return { submissionApi, log, entries, contactPoints };
}
