import { toArrayText, type RowsToInsert } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import type { OpenedDispatch } from '../inbox/open-parcel.ts';

/** The rows of dispatches that are stored; one whose id is there already is left aside. */
export function dispatchRows(opened: readonly OpenedDispatch[], nowMs: number): RowsToInsert {
  return {
    table: 'inbox.dispatch',
    columns: {
      id: 'uuid',
      referral_id: 'uuid',
      kind: 'text',
      sequence: 'integer',
      in_reply_to: 'uuid',
      urgent: 'boolean',
      sender_id: 'text',
      policy_version: 'text',
      digest: 'text',
      jws: 'text',
      sender_key_revoked_since: 'timestamptz',
      accepted_at: 'timestamptz',
      received_at: 'timestamptz',
      state: 'text',
      provider_reference: 'text',
      abuse_types: 'text[]',
      certainty: 'text',
    },
    rows: opened.map(({ id, digest, jws, dispatch, referral, senderKeyRevokedSince }) => [
      id,
      dispatch.referralId,
      dispatch.kind,
      dispatch.sequence,
      dispatch.inReplyTo,
      dispatch.urgency.claimed || dispatch.urgency.hub === true,
      dispatch.sender.participantId,
      dispatch.policyVersion,
      digest,
      jws,
      senderKeyRevokedSince,
      dispatch.acceptedAt,
      formatUtc(nowMs),
      'new',
      referral.providerReference,
      toArrayText(referral.abuseTypes),
      dispatch.decision.criminal.certainty,
    ]),
    skipExisting: true,
  };
}
