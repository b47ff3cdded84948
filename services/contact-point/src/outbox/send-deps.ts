import type { DirectoryIndex } from '@liaison/directory';
import type { Exchange } from '@liaison/exchange';
import type { Database } from '@liaison/postgres';
import type { Clock, Log, NewId, ReachPoint, Tracing } from '@liaison/service';

/** What sending needs. */
export interface SendDeps {
  readonly database: Database;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly reach: ReachPoint;
  readonly tracing: Tracing;
  readonly selfId: string;
  /** Topic on which this participant writes to the hub. */
  readonly writeTopic: string;
  readonly currentDirectory: () => DirectoryIndex | null;
}
