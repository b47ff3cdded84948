import { createHash } from 'node:crypto';
import { validateMessage } from '@liaison/contracts';
import { appendEvents } from '@liaison/hub-database';
import { canonicaliseDetails } from '@liaison/ledger';
import type { Queryable } from '@liaison/postgres';
import { CodedError, formatUtc } from '@liaison/service';
import type { EnrolmentDeps } from './enrol-participant.ts';

/**
 * Puts a routing policy into force, from the next decision on. Activating the same document again changes nothing.
 * @throws CodedError `policy-invalid`, `policy-version-reused`.
 */
export async function activatePolicy(tx: Queryable, document: unknown, deps: EnrolmentDeps): Promise<string> {
  const checked = validateMessage('routing-policy', document);
  if (!checked.ok) {
    const places = checked.faults
      .map(({ pointer, code }) => `${pointer === '' ? '/' : pointer} ${code}`)
      .join('; ');
    throw new CodedError('policy-invalid', `The policy does not follow its schema: ${places}.`);
  }
  const policy = checked.value;
  const { policyVersion } = policy;
  const digest = `sha-256:${createHash('sha256').update(canonicaliseDetails(policy)).digest('base64url')}`;
  const { rows } = await tx.query<{ digest: string }>('select digest from hub.policy where version = $1', [
    policyVersion,
  ]);
  const [known] = rows;
  if (known?.digest === digest) return policyVersion;
  if (known !== undefined)
    throw new CodedError('policy-version-reused', 'Another policy has this version already.');
  const nowMs = deps.clock.nowMs();
  await tx.query('insert into hub.policy (version, document, digest, activated_at) values ($1, $2, $3, $4)', [
    policyVersion,
    JSON.stringify(policy),
    digest,
    formatUtc(nowMs),
  ]);
  // A policy that departs from Article 48(3) says in the ledger who chose it.
  const departure = policy.europolCopy.enabled ? {} : { departure: policy.europolCopy.departure ?? null };
  const event = await deps.events.prepare({
    type: 'policyActivated',
    atMs: nowMs,
    subjectId: policyVersion,
    actorId: deps.hubId,
    facts: { policyVersion, ...(policy.europolCopy.enabled ? {} : { codes: ['europolCopyDeparture'] }) },
    details: { approvedBy: policy.approvedBy, digest, ...departure },
    referralId: null,
    audience: null,
  });
  await appendEvents(tx, [event]);
  return policyVersion;
}
