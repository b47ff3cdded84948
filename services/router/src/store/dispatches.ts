import type { RoutingPolicy } from '@liaison/contracts';
import type { RowsToInsert } from '@liaison/postgres';
import { formatUtc, type NewId } from '@liaison/service';
import type { SealedDispatch } from '../dispatch/seal-dispatch.ts';

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

const deadlineColumns = {
  id: 'uuid',
  referral_id: 'uuid',
  dispatch_id: 'uuid',
  kind: 'text',
  urgent: 'boolean',
  due_at: 'timestamptz',
  state: 'text',
};

type DeadlineKind = 'deliveryReceipt' | 'humanAcknowledgement';

/** Seconds after sealing by which each step is due. */
function dueSeconds(policy: RoutingPolicy, urgent: boolean): Readonly<Record<DeadlineKind, number>> {
  const { deliveryReceiptSeconds, humanAcknowledgementSeconds } =
    policy.deadlines[urgent ? 'urgent' : 'ordinary'];
  return { deliveryReceipt: deliveryReceiptSeconds, humanAcknowledgement: humanAcknowledgementSeconds };
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
    {
      table: 'hub.deadline',
      columns: deadlineColumns,
      rows: dispatches.flatMap(({ id, referralId, urgent, sealedAtMs }) =>
        Object.entries(dueSeconds(deps.policy, urgent)).map(([kind, seconds]) => [
          deps.newId(),
          referralId,
          id,
          kind,
          urgent,
          formatUtc(sealedAtMs + seconds * 1000),
          'open',
        ]),
      ),
    },
  ];
}
