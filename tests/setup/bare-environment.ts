import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getuid } from 'node:process';

/** What the tests of one user compile, they compile once. */
const compileCache = join(tmpdir(), `liaison-test-compile-cache-${getuid?.() ?? 'user'}`);
mkdirSync(compileCache, { recursive: true, mode: 0o700 });

/** The environment of a program that knows nothing of ours. */
export const bareEnvironment: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  NODE_COMPILE_CACHE: compileCache,
};
