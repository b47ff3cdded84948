import type { Log, Sleep } from '@liaison/postgres';

import type { ChannelListener } from './embedded/channel-listener.ts';
import type { ExchangeTls } from './kafka/exchange-tls.ts';

export interface ExchangeDependencies {
  readonly log: Log;
  /** Shown to the operator of the exchange. */
  readonly applicationName: string;
  /** Embedded exchange: one listening connection for all participants that a process hosts; default one of its own. */
  readonly listener?: ChannelListener;
  /** Embedded exchange: connections of this participant at most; default 2. */
  readonly maxConnections?: number;
  /** Kafka: how it proves to the brokers who it is; plain text where absent. */
  readonly tls?: ExchangeTls | null;
  /** Monotonic, milliseconds. */
  readonly now?: () => number;
  readonly random?: () => number;
  readonly sleep?: Sleep;
}
