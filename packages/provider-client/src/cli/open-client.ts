import type { Membership } from '@liaison/contracts';
import { createProviderClient, type ProviderClient } from '../create-provider-client.ts';
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

/** Makes the client of a command. @throws UsageError. */
export function openClient(
  { member, key, kid, attempts }: Caller,
  { clock, newId, fetch }: CliDeps,
): { readonly client: ProviderClient; readonly membership: Membership } {
  const membership = readMembershipFile(member);
  const signingKey = readSigningKeyFile(key, kid);
  const retry = { attempts };
  return { client: createProviderClient({ membership, signingKey, clock, newId, fetch, retry }), membership };
}
