import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** What the way between two parties does with what passes. */
export type ProxyMode =
  /** Passes everything on. */
  | { readonly kind: 'open' }
  /** Passes everything on, each piece so much later. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Takes everything and passes nothing on, as a machine does that has vanished behind a firewall. */
  | { readonly kind: 'half-open' }
  /** Refuses every connection. */
  | { readonly kind: 'closed' };

/** A way between two parties on this machine that can be cut, slowed down and left half open. */
export interface TcpProxy {
  readonly port: number;
  /** Where new connections go; those that there are stay where they are. */
  aimAt(port: number): void;
  /** From now on, for connections that there are too. */
  setMode(mode: ProxyMode): void;
  /** Cuts all connections without a word (RST). */
  cut(): void;
  connections(): number;
  close(): Promise<void>;
}

/** @param target port of 127.0.0.1 @returns a proxy on a free port of 127.0.0.1 */
export async function openTcpProxy(target: number): Promise<TcpProxy> {
  let aim = target;
  let mode: ProxyMode = { kind: 'open' };
  const sockets = new Set<Socket>();

  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  };
  /** Never reads on before the other side has taken what was read: nothing piles up here. */
  const carry = async (from: Socket, to: Socket) => {
    try {
      for await (const piece of from) {
        if (mode.kind === 'slow') await delay(mode.delayMs);
        while (mode.kind === 'half-open' && !from.destroyed) await delay(20);
        if (!to.write(piece as Buffer)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      }
      to.end();
    } catch {
      to.destroy();
    }
  };
  const server = createServer((client) => {
    hold(client);
    if (mode.kind === 'closed') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ host: '127.0.0.1', port: aim });
    hold(upstream);
    const endBoth = () => {
      client.destroy();
      upstream.destroy();
    };
    client.once('close', endBoth);
    upstream.once('close', endBoth);
    void carry(client, upstream);
    void carry(upstream, client);
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port,
    aimAt(next) {
      aim = next;
    },
    setMode(next) {
      mode = next;
      if (next.kind === 'closed') cut();
    },
    cut,
    connections: () => sockets.size / 2,
    async close() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
