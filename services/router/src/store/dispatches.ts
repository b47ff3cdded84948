import type { RoutingPolicy } from '@liaison/contracts';
import type { RowsToInsert } from '@liaison/postgres';
import { formatUtc, type NewId } from '@liaison/service';
import type { SealedDispatch } from '../dispatch/seal-dispatch.ts';
import { deadlineRows, dueAtMs, type DeadlineKind, type OpenDeadline } from './deadlines.ts';

const dispatchColumns = {
  id: 'uuid',
  referral_id: 'uuid',
  addressee_id: 'text',
  decision_version: 'integer',
  kind: 'text',
  schema_version: 'text',
  sequence: 'integer',
  digest: 'text',
  urgent: 'boolean',
  state: 'text',
  sealed_at: 'timestamptz',
  next_attempt_at: 'timestamptz',
};

const answerKinds: readonly DeadlineKind[] = ['deliveryReceipt', 'humanAcknowledgement'];

/** Both answers to a dispatch are due from when it was sealed. */
function deadlinesOf(dispatch: SealedDispatch, policy: RoutingPolicy): OpenDeadline[] {
  const { id: dispatchId, referralId, urgent, sealedAtMs: fromMs } = dispatch;
  return answerKinds.map((kind) => ({
    referralId,
    dispatchId,
    kind,
    urgent,
    dueAtMs: dueAtMs(policy, { kind, urgent, fromMs }),
  }));
}

/** The rows of dispatches: themselves, their bytes, and the deadlines of what has to follow. */
export function dispatchRows(
  dispatches: readonly SealedDispatch[],
  deps: { readonly policy: RoutingPolicy; readonly newId: NewId },
): RowsToInsert[] {
  return [
    {
      table: 'hub.dispatch',
      columns: dispatchColumns,
      rows: dispatches.map((dispatch) => [
        dispatch.id,
        dispatch.referralId,
        dispatch.addresseeId,
        dispatch.decisionVersion,
        dispatch.kind,
        dispatch.schemaVersion,
        dispatch.sequence,
        dispatch.digest,
        dispatch.urgent,
        'sealed',
        formatUtc(dispatch.sealedAtMs),
        formatUtc(dispatch.sealedAtMs),
      ]),
    },
    {
      table: 'content.message',
      columns: { message_id: 'uuid', referral_id: 'uuid', sealed: 'bytea' },
      rows: dispatches.map(({ id, referralId, sealed }) => [id, referralId, sealed]),
    },
    deadlineRows(
      dispatches.flatMap((dispatch) => deadlinesOf(dispatch, deps.policy)),
      deps.newId,
    ),
  ];
}
