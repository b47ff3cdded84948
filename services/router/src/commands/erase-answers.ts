import { topicFrom } from '@liaison/contracts';
import type { Database, Queryable, Sleep } from '@liaison/postgres';
import { rewriteTable, type RemainingTrace } from './sweep-files.ts';

/** A parcel in which answers about a referral travelled. */
export interface AnswerParcel {
  readonly senderId: string;
  readonly digest: string;
}

/**
 * Finds the parcels in which authorities answered about a referral: the hub's receipts name the answers that each one
 * held.
 */
export async function findAnswerParcels(tx: Queryable, referralId: string): Promise<AnswerParcel[]> {
  const { rows } = await tx.query<{ sender_id: string; digest: string }>(
    `select o.addressee_id as sender_id, o.parcel_digest as digest
     from hub.outgoing_receipt o
     cross join lateral (select translate(split_part(o.jws, '.', 2), '-_', '+/') as part) p
     cross join lateral (
       select convert_from(decode(rpad(p.part, (length(p.part) + 3) / 4 * 4, '='), 'base64'), 'UTF8') as payload) r
     where o.addressee_id in (select f.sender_id from hub.feedback f where f.referral_id = $1)
       and exists (select from hub.feedback f where f.referral_id = $1 and position(f.id::text in r.payload) > 0)`,
    [referralId],
  );
  return rows.map(({ sender_id: senderId, digest }) => ({ senderId, digest }));
}

/**
 * Removes parcels of answers from the embedded exchange: they are sealed to the hub, whose key outlives the referral's.
 * The hub has applied them, so nobody waits for them.
 * @param exchange as its owner; null where it is administered elsewhere.
 * @returns what is left in it.
 */
export async function eraseAnswers(
  exchange: Database | null,
  parcels: readonly AnswerParcel[],
  context: { readonly instance: string; readonly sleep: Sleep },
): Promise<RemainingTrace[]> {
  if (parcels.length === 0) return [];
  if (exchange === null) return ['answers-in-exchange'];
  const { instance, sleep } = context;
  await exchange.query(
    `delete from exchange.record r
     using exchange.topic t, unnest($1::text[], $2::text[]) as p (topic, digest)
     where t.name = p.topic and r.topic_id = t.topic_id
       and 'sha-256:' || rtrim(translate(encode(sha256(r.value), 'base64'), '+/', '-_'), '=') = p.digest`,
    [parcels.map(({ senderId }) => topicFrom(instance, senderId)), parcels.map(({ digest }) => digest)],
  );
  return rewriteTable(exchange, 'exchange.record', sleep);
}
