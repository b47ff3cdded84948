import type { SubmissionApi } from '@liaison/contracts';
import type { Database } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

type ReferralStatus = SubmissionApi['schemas']['ReferralStatus'];
type FeedEvent = SubmissionApi['schemas']['FeedEvent'];

interface StatusRow {
  readonly referral_id: string;
  readonly provider_reference: string;
  readonly accepted_at: string;
  readonly state: ReferralStatus['state'];
  readonly reasons: readonly string[];
  readonly holds: readonly {
    readonly kind: ReferralStatus['holds'][number]['kind'];
    readonly until: string;
  }[];
  readonly information_requests: readonly {
    readonly requestedAt: string;
    readonly requested: readonly string[];
  }[];
  readonly not_illegal: boolean;
  readonly receipt: string | null;
}

interface FeedRow {
  readonly event_id: string;
  readonly position: number;
  readonly at: string;
  readonly referral_id: string;
  readonly provider_reference: string;
  readonly kind: FeedEvent['kind'];
  readonly codes: readonly string[];
  readonly until: string | null;
}

/** Times inside JSON come in the server's own form. */
function toUtc(text: string): string {
  return formatUtc(Date.parse(text));
}

function toStatus(row: StatusRow): ReferralStatus {
  return {
    referralId: row.referral_id,
    providerReference: row.provider_reference,
    acceptedAt: row.accepted_at,
    state: row.state,
    reasons: row.reasons,
    holds: row.holds.map(({ kind, until }) => ({ kind, until: toUtc(until) })),
    informationRequests: row.information_requests.map(({ requestedAt, requested }) => ({
      requestedAt: toUtc(requestedAt),
      requested,
    })),
    notIllegal: row.not_illegal,
    ...(row.receipt === null ? {} : { receipt: row.receipt }),
  };
}

/** A sender's own referrals by id or by its reference: none or one. */
export async function readStatus(
  database: Database,
  senderId: string,
  by: { readonly referralId: string } | { readonly reference: string },
): Promise<ReferralStatus[]> {
  const values = 'referralId' in by ? [senderId, by.referralId, null] : [senderId, null, by.reference];
  const { rows } = await database.query<StatusRow>('select * from intake.read_status($1, $2, $3)', values);
  return rows.map(toStatus);
}

/** A page of a sender's feed after a position of the ledger. */
export async function readFeedEvents(
  database: Database,
  senderId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<FeedEvent[]> {
  const { rows } = await database.query<FeedRow>('select * from intake.read_feed($1, $2, $3)', [
    senderId,
    page.after,
    page.limit,
  ]);
  return rows.map((row) => ({
    eventId: row.event_id,
    position: row.position,
    at: row.at,
    referralId: row.referral_id,
    providerReference: row.provider_reference,
    kind: row.kind,
    ...(row.codes.length === 0 ? {} : { codes: row.codes }),
    ...(row.until === null ? {} : { until: row.until }),
  }));
}
