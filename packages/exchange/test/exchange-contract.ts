import type { ExchangeTls } from '../src/index.ts';
import { describeAccess } from './contract/access.ts';
import { describeDelivery } from './contract/delivery.ts';
import { describeFailures } from './contract/failures.ts';
import { describeFairness } from './contract/fairness.ts';
import { describeMembers } from './contract/members.ts';

/** How one who takes part reaches the exchange. */
export interface Place {
  readonly address: string;
  readonly tls?: ExchangeTls | null;
}

/** One who takes part. */
export interface Party extends Place {
  /** As which it reads. */
  readonly group: string;
  /** Topic from the hub. */
  readonly to: string;
  /** Topic to the hub. */
  readonly from: string;
}

export interface Provision {
  readonly hub: Place & { readonly group: string };
  readonly participants: readonly Party[];
}

/** What a server has to offer for its adapter to be tested. */
export interface ExchangeHarness {
  /** A hub and participants of an instance of their own. */
  provision(participants: number): Promise<Provision>;
  /** Cuts all connections of participants and hub without a word; undefined where that is not possible. */
  readonly cutConnections: (() => Promise<void>) | undefined;
  /** Whether a participant can be kept from what is not its own. */
  readonly hasAccessControl: boolean;
  /** Kills the server and starts it again at the same address; undefined where that is not possible. */
  readonly restart: (() => Promise<void>) | undefined;
}

/** What every adapter of the exchange has to do, whatever carries the records. */
export function describeExchange(getHarness: () => ExchangeHarness): void {
  describeDelivery(getHarness);
  describeFailures(getHarness);
  describeMembers(getHarness);
  describeFairness(getHarness);
  describeAccess(getHarness);
}
