import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A contact point in a process of its own. */
export interface OwnContactPoint {
  readonly pid: number;
  /** Stops it where it stands, its connections open. */
  suspend(): void;
  resume(): void;
  readonly stop: () => Promise<void>;
}

const ownEntry = new URL('../../../services/contact-point/src/main.ts', import.meta.url);

/** Starts the contact point of a file, or what plays one; returns when it is ready. */
export async function startOwnContactPoint(
  file: string,
  played: { readonly entry: URL; readonly environment: Readonly<Record<string, string>> } | null = null,
): Promise<OwnContactPoint> {
  const env = { CONTACT_POINTS_FILE: file, PORT: '0', LOG_LEVEL: 'error', ...played?.environment };
  const child = fork(fileURLToPath(played?.entry ?? ownEntry), [], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  await Promise.race([
    new Promise<void>((resolve) => {
      child.on('message', (message) => {
        if ((message as { kind?: unknown }).kind === 'ready') resolve();
      });
    }),
    exited.then(() => Promise.reject(new Error('The contact point did not start.'))),
  ]);
  return {
    pid: child.pid ?? 0,
    suspend() {
      child.kill('SIGSTOP');
    },
    resume() {
      child.kill('SIGCONT');
    },
    async stop() {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
