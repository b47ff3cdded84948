import type { Clock } from '../clock.ts';
import type { Fetch } from '../http/transport.ts';
import type { Terminal } from './terminal.ts';

/** What commands need from their process. */
export interface CliDeps {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly fetch: Fetch;
}
