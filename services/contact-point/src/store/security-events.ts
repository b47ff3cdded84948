import type { RowsToInsert } from '@liaison/postgres';
import { formatUtc, type Clock, type Log, type NewId } from '@liaison/service';

/** Something that should not have come. */
export interface SecurityEvent {
  readonly code: string;
  readonly subjectId: string | null;
}

/** The rows of security events; each is also logged by its code. */
export function securityEventRows(
  events: readonly SecurityEvent[],
  deps: {
    readonly clock: Clock;
    readonly newId: NewId;
    readonly log: Log;
    /** Counts them, for the metrics. */
    readonly countSecurityEvent: (code: string) => void;
  },
): RowsToInsert {
  const now = formatUtc(deps.clock.nowMs());
  for (const { code, subjectId } of events) {
    deps.log.warn('security-event', { code, subjectId });
    deps.countSecurityEvent(code);
  }
  return {
    table: 'inbox.security_event',
    columns: { id: 'uuid', code: 'text', subject_id: 'text', at: 'timestamptz' },
    rows: events.map(({ code, subjectId }) => [deps.newId(), code, subjectId, now]),
  };
}
