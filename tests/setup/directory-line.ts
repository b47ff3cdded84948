import { once } from 'node:events';
import { createServer } from 'node:http';

/** The way to the hub's directory, on which a test can stand. */
export interface DirectoryLine {
  /** Where it can be fetched, without a path. */
  readonly origin: string;
  /** Lets everything through; lets nothing through; or gives what it let through last, over and over. */
  set(state: 'open' | 'cut' | 'stuck'): void;
  close(): Promise<void>;
}

/** Opens a way to the directory of a hub. */
export async function openDirectoryLine(hubOrigin: string): Promise<DirectoryLine> {
  let state: 'open' | 'cut' | 'stuck' = 'open';
  let last = { status: 503, text: '' };
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      if (state === 'open') {
        const answer = await fetch(`${hubOrigin}${request.url ?? ''}`);
        last = { status: answer.status, text: await answer.text() };
      }
      response.writeHead(last.status, { 'content-type': 'application/jose' }).end(last.text);
    };
    if (state === 'cut') request.socket.destroy();
    else void pass().catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    set(next) {
      state = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
