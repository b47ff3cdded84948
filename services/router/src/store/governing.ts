import { validateMessage, type RoutingPolicy } from '@liaison/contracts';
import type { Queryable } from '@liaison/postgres';
import { CodedError } from '@liaison/service';

/** What a decision is governed by, and what its dispatches carry. */
export interface Governing {
  readonly policy: RoutingPolicy;
  /** The ledger's latest checkpoint; null before the first. */
  readonly checkpoint: string | null;
}

/** Reads what governs decisions now; the policy's document is read again only when another came into force. */
export type ReadGoverning = (tx: Queryable) => Promise<Governing>;

interface Row {
  readonly digest: string | null;
  readonly note: string | null;
}

async function readPolicy(tx: Queryable, digest: string): Promise<RoutingPolicy> {
  const { rows } = await tx.query<{ document: unknown }>(
    'select document from hub.policy where digest = $1',
    [digest],
  );
  const policy = validateMessage('routing-policy', rows[0]?.document);
  if (policy.ok) return policy.value;
  throw new CodedError('policy-invalid', 'The routing policy in force does not follow its schema.');
}

/**
 * Makes the reader; what it returns throws CodedError `policy-missing` while no policy was activated, and
 * `policy-invalid`.
 */
export function createReadGoverning(): ReadGoverning {
  let known: { readonly digest: string; readonly policy: RoutingPolicy } | undefined;
  return async (tx) => {
    const { rows } = await tx.query<Row>({
      name: 'read-governing',
      text: `select
        (select digest from hub.policy order by activated_at desc, version desc limit 1) as digest,
        (select note from ledger.checkpoint order by size desc limit 1) as note`,
    });
    const digest = rows[0]?.digest ?? null;
    if (digest === null) throw new CodedError('policy-missing', 'No routing policy has been activated.');
    if (known?.digest !== digest) known = { digest, policy: await readPolicy(tx, digest) };
    return { policy: known.policy, checkpoint: rows[0]?.note ?? null };
  };
}
