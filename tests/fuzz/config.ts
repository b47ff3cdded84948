import { homedir } from 'node:os';
import { join } from 'node:path';

/** Quotas far above what a run asks: an answer that says 429 has looked at nothing. */
export function raiseQuotas(environment: NodeJS.ProcessEnv = process.env): void {
  environment['REFERRALS_PER_MINUTE'] = '10000000';
  environment['REQUESTS_PER_MINUTE_AND_ADDRESS'] = '10000000';
}

/** What the processes of a run inherit. */
export function inheritedEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...process.env };
}

/** Where Python's packages are kept between runs: outside the project. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'liaison-fuzz');
}

/** The Python to make the environment with. */
export function pythonCommand(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['LIAISON_PYTHON'] ?? 'python3';
}
