import { homedir } from 'node:os';
import path from 'node:path';

/** Where what is fetched once is kept. */
export function cacheFolder(): string {
  const given = process.env['XDG_CACHE_HOME'] ?? '';
  return path.join(given === '' ? path.join(homedir(), '.cache') : given, 'liaison');
}

/** What Java and Maven need of our environment: nothing that changes what they do. */
export function toolEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'JAVA_HOME', 'MAVEN_OPTS', 'http_proxy', 'https_proxy', 'no_proxy'];
  const given = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(given), LC_ALL: 'C', TZ: 'UTC' };
}
