import type { Membership } from '@liaison/contracts';
import { createProviderClient, type ProviderClient } from '../create-provider-client.ts';
import { waitForTimer } from '../submit/deliver.ts';
import type { CliDeps } from './cli-deps.ts';
import { readMembershipFile, readSigningKeyFile } from './read-files.ts';

/** Who calls, as options name it. */
export interface Caller {
  readonly member: string;
  readonly key: string;
  readonly kid?: string;
  /** Times that a request is sent at most. */
  readonly attempts: number;
}

/** A client of a command, and whose it is. */
export interface OpenedClient {
  readonly client: ProviderClient;
  readonly membership: Membership;
  /** Of the key that signs. */
  readonly kid: string;
}

/** The hub's quotas are for a minute: a command waits for the next one, where a service would come back by itself. */
const longestWaitMs = 120_000;

/** Makes the client of a command. @param onWait told of each wait, milliseconds. @throws UsageError. */
export function openClient(
  { member, key, kid, attempts }: Caller,
  { clock, newId, fetch }: CliDeps,
  onWait: (ms: number) => void = () => undefined,
): OpenedClient {
  const membership = readMembershipFile(member);
  const signingKey = readSigningKeyFile(key, kid);
  const client = createProviderClient({
    membership,
    signingKey,
    clock,
    newId,
    fetch,
    retry: { attempts, longestWaitMs },
    wait: (ms, signal) => {
      onWait(ms);
      return waitForTimer(ms, signal);
    },
  });
  return { client, membership, kid: signingKey.kid };
}
