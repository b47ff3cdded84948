import type { Queryable } from '@liaison/postgres';
import { formatUtc, type Clock, type Log, type NewId } from '@liaison/service';

/** Records what should not have come, and logs it by its code. */
export async function recordSecurityEvent(
  tx: Queryable,
  event: { readonly code: string; readonly subjectId: string | null },
  deps: { readonly clock: Clock; readonly newId: NewId; readonly log: Log },
): Promise<void> {
  const { code, subjectId } = event;
  deps.log.warn('security-event', { code, subjectId });
  await tx.query('insert into inbox.security_event (id, code, subject_id, at) values ($1, $2, $3, $4)', [
    deps.newId(),
    code,
    subjectId,
    formatUtc(deps.clock.nowMs()),
  ]);
}
