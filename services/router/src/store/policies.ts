import { validateMessage, type RoutingPolicy } from '@liaison/contracts';
import type { Queryable } from '@liaison/postgres';
import { CodedError } from '@liaison/service';

/**
 * The routing policy in force.
 * @throws CodedError `policy-missing`, `policy-invalid`.
 */
export async function readCurrentPolicy(tx: Queryable): Promise<RoutingPolicy> {
  const { rows } = await tx.query<{ document: unknown }>(
    'select document from hub.policy order by activated_at desc, version desc limit 1',
  );
  const [row] = rows;
  if (row === undefined) throw new CodedError('policy-missing', 'No routing policy has been activated.');
  const policy = validateMessage('routing-policy', row.document);
  if (!policy.ok)
    throw new CodedError('policy-invalid', 'The routing policy in force does not follow its schema.');
  return policy.value;
}
