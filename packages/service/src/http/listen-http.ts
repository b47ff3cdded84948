import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '../coded-error.ts';

/** A listener that answers. */
export interface HttpListener {
  /** `http://host:port`, without a path. */
  readonly origin: string;
  /** Lets running requests finish for a moment, then cuts what is left. */
  close(): Promise<void>;
}

const drainMs = 1_500;

/** Counts the requests that are being answered. */
function countRequests(server: Server): { untilNone(): Promise<void> } {
  let running = 0;
  const none = new EventEmitter();
  server.on('request', (_request, response) => {
    running += 1;
    response.once('close', () => {
      running -= 1;
      if (running === 0) none.emit('none');
    });
  });
  return {
    async untilNone() {
      if (running > 0) await once(none, 'none');
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Listens for HTTP.
 * @param options `port` 0 picks a free one; `loopbackOnly` refuses every other address, for interfaces without sign-in.
 * @throws CodedError `port-in-use`, `address-not-loopback`, `listen-failed`.
 */
export async function listenHttp(
  listener: RequestListener,
  options: { readonly host: string; readonly port: number; readonly loopbackOnly?: boolean },
): Promise<HttpListener> {
  const { host, port } = options;
  if (options.loopbackOnly === true && !isLoopback(host)) {
    throw new CodedError(
      'address-not-loopback',
      'This interface has no sign-in yet and answers on loopback alone.',
    );
  }
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 10_000 },
    listener,
  );
  const requests = countRequests(server);
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EADDRINUSE') {
      throw new CodedError('port-in-use', `Port ${port} is in use.`, { cause: error });
    }
    throw new CodedError('listen-failed', `Cannot listen on port ${port}.`, { cause: error });
  }
  const bound = server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      await Promise.race([requests.untilNone(), sleep(drainMs, undefined, { ref: false })]);
      // What is left are connections without a request: kept alive, or opened for one that never came.
      server.closeAllConnections();
      await closed;
    },
  };
}
