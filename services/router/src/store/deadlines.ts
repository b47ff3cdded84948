import type { RoutingPolicy } from '@liaison/contracts';
import type { RowsToInsert } from '@liaison/postgres';
import { formatUtc, type NewId } from '@liaison/service';

/** The steps that have a deadline: the first send of a referral, and what its addressees have to do with a dispatch. */
export type DeadlineKind = 'dispatch' | 'deliveryReceipt' | 'humanAcknowledgement';

/** A step that has to happen. */
export interface OpenDeadline {
  readonly referralId: string;
  /** Null for a deadline of the whole referral. */
  readonly dispatchId: string | null;
  readonly kind: DeadlineKind;
  readonly urgent: boolean;
  readonly dueAtMs: number;
}

const secondsOf: Readonly<Record<DeadlineKind, keyof RoutingPolicy['deadlines']['urgent']>> = {
  dispatch: 'dispatchSeconds',
  deliveryReceipt: 'deliveryReceiptSeconds',
  humanAcknowledgement: 'humanAcknowledgementSeconds',
};

/** When a step is due, milliseconds since 1970: by the policy, after what it is counted from. */
export function dueAtMs(
  policy: RoutingPolicy,
  step: { readonly kind: DeadlineKind; readonly urgent: boolean; readonly fromMs: number },
): number {
  const seconds = policy.deadlines[step.urgent ? 'urgent' : 'ordinary'][secondsOf[step.kind]];
  return step.fromMs + seconds * 1000;
}

/** The rows of deadlines that are open. */
export function deadlineRows(deadlines: readonly OpenDeadline[], newId: NewId): RowsToInsert {
  return {
    table: 'hub.deadline',
    columns: {
      id: 'uuid',
      referral_id: 'uuid',
      dispatch_id: 'uuid',
      kind: 'text',
      urgent: 'boolean',
      due_at: 'timestamptz',
      state: 'text',
    },
    rows: deadlines.map(({ referralId, dispatchId, kind, urgent, dueAtMs }) => [
      newId(),
      referralId,
      dispatchId,
      kind,
      urgent,
      formatUtc(dueAtMs),
      'open',
    ]),
  };
}
