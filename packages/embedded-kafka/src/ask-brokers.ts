import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** PEM texts with which a broker lets us in. */
export interface ClientTls {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

const answerTimeoutMs = 2_000;
const metadata = 3;
const version = 1;
const clientIdLength = 2;

/** Request header and a Metadata request (version 1) for no topic: kafka.apache.org/protocol, "Metadata API". */
function metadataRequest(): Buffer {
  const request = Buffer.alloc(4 + 8 + clientIdLength + 4);
  request.writeInt32BE(request.length - 4, 0);
  request.writeInt16BE(metadata, 4);
  request.writeInt16BE(version, 6);
  request.writeInt16BE(-1, 12);
  return request;
}

/**
 * How many brokers a broker knows to be at work.
 * @returns 0 where it does not answer, or not to us
 */
export async function countBrokers(port: number, tls: ClientTls | null): Promise<number> {
  const socket =
    tls === null
      ? connectPlain({ host: '127.0.0.1', port })
      : connectTls({ host: '127.0.0.1', port, ca: tls.ca, cert: tls.certificate, key: tls.key });
  // After the answer nobody listens any more.
  socket.on('error', () => undefined);
  try {
    await once(socket, tls === null ? 'connect' : 'secureConnect', {
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    socket.write(metadataRequest());
    return await readBrokerCount(socket);
  } catch {
    return 0;
  } finally {
    socket.destroy();
  }
}

/** The answer: its size, the request's number, and how many brokers follow. */
async function readBrokerCount(socket: Socket): Promise<number> {
  let received = Buffer.alloc(0);
  const signal = AbortSignal.timeout(answerTimeoutMs);
  while (received.length < 12) {
    const [chunk] = (await once(socket, 'data', { signal })) as [Buffer];
    received = Buffer.concat([received, chunk]);
  }
  return received.readInt32BE(8);
}
