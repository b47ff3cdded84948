import { readFileSync } from 'node:fs';
import type { NewId } from '@liaison/service';
import { signBare } from './bare-crypto.ts';
import { digestOfPayload, makeEvent, writeEvents, type BareEvent } from './bare-events.ts';
import { sealContent, type AcceptedBare } from './bare-intake.ts';
import { commit, type BarePlaces, type Statements } from './bare-places.ts';

/** A dispatch of the baseline. */
export interface BareDispatch {
  readonly id: string;
  readonly referralId: string;
  readonly addresseeId: string;
  readonly digest: string;
  readonly jws: string;
  readonly sealed: Buffer;
}

const example = new URL('../../../contracts/examples/dispatch/valid/first.json', import.meta.url);
/** A dispatch as the contracts show it: deciding is no part of the baseline, carrying a decision of that size is. */
const template = JSON.parse(readFileSync(example, 'utf8')) as { readonly decision: object };
/** A signed checkpoint, and what makes a dispatch as long as real ones were measured to be (11 kB on the wire). */
const checkpoint = 'x'.repeat(660);

function sealDispatch(
  accepted: AcceptedBare,
  addresseeId: string,
  context: { readonly places: BarePlaces; readonly newId: NewId },
): BareDispatch {
  const { places, newId } = context;
  const id = newId();
  const { kid, private: key } = places.dispatch.signing;
  const jws = signBare(
    { alg: 'ES256', typ: 'dispatch+jws', kid, iss: 'hub', aud: addresseeId, iat: 0, jti: id },
    { ...template, referralId: accepted.id, referral: accepted.jws, checkpoint },
    key,
  );
  const sealed = sealContent(accepted.contentKey, id, jws);
  return { id, referralId: accepted.id, addresseeId, digest: digestOfPayload(jws), jws, sealed };
}

function eventsOf(
  accepted: readonly AcceptedBare[],
  dispatches: readonly BareDispatch[],
  deps: { readonly newId: NewId; readonly origin: string },
): BareEvent[] {
  const decided = accepted.map(({ id, senderId }) =>
    makeEvent(deps.newId, deps.origin, {
      type: 'referralDecided',
      subjectId: id,
      actorId: 'hub',
      facts: {
        kind: 'providerReport',
        state: 'forwarded',
        codes: ['signalsOfMemberState'],
        policyVersion: '1',
      },
      details: { decision: digestOfPayload(`.${id}.`) },
      referralId: id,
      audience: senderId,
    }),
  );
  const sealed = dispatches.map(({ id, referralId, addresseeId, digest }) =>
    makeEvent(deps.newId, deps.origin, {
      type: 'dispatchSealed',
      subjectId: id,
      actorId: 'hub',
      facts: { kind: 'referral', sender: 'hub', addressee: addresseeId, referralId, state: 'sealed' },
      details: { payloadDigest: digest },
      referralId,
    }),
  );
  return [...decided, ...sealed];
}

function rowsOf(
  accepted: readonly AcceptedBare[],
  {
    dispatches,
    decided,
    newId,
  }: { dispatches: readonly BareDispatch[]; decided: readonly BareEvent[]; newId: NewId },
): Statements {
  const ids = accepted.map(({ id }) => id);
  const dispatchIds = dispatches.map(({ id }) => id);
  const ofDispatches = dispatches.map(({ referralId }) => referralId);
  const decision = JSON.stringify(template.decision);
  return [
    {
      name: 'decided',
      text: `update hub.referral set state = 'forwarded', decided_at = now() where id = any($1::uuid[])`,
      values: [ids],
    },
    {
      name: 'decision',
      text: `insert into hub.decision (referral_id, version, policy_version, document, decided_at)
        select id, 1, '1', $2::jsonb, now() from unnest($1::uuid[]) as id`,
      values: [ids, decision],
    },
    {
      name: 'told',
      text: `insert into hub.provider_event (event_id, sender_id, referral_id, kind, codes, at)
        select e, s, r, 'forwarded', '{}', now() from unnest($1::uuid[], $2::text[], $3::uuid[]) as x (e, s, r)`,
      values: [decided.map(({ id }) => id), accepted.map(({ senderId }) => senderId), ids],
    },
    {
      name: 'dispatches',
      text: `insert into hub.dispatch (id, referral_id, addressee_id, decision_version, kind, schema_version, "sequence",
          digest, urgent, state, sealed_at, next_attempt_at)
        select d, r, a, 1, 'referral', '1.0', 1, g, false, 'sealed', now(), now()
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as x (d, r, a, g)`,
      values: [
        dispatchIds,
        ofDispatches,
        dispatches.map(({ addresseeId }) => addresseeId),
        dispatches.map(({ digest }) => digest),
      ],
    },
    {
      name: 'messages',
      text: `insert into content.message (message_id, referral_id, sealed)
        select * from unnest($1::uuid[], $2::uuid[], $3::bytea[])`,
      values: [dispatchIds, ofDispatches, dispatches.map(({ sealed }) => sealed)],
    },
    {
      name: 'deadlines',
      text: `insert into hub.deadline (id, referral_id, dispatch_id, kind, urgent, due_at, state)
        select i, r, d, k, false, now() + interval '1 hour', 'open'
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as x (i, r, d, k)`,
      values: [
        [...ids, ...dispatchIds, ...dispatchIds].map(() => newId()),
        [...ids, ...ofDispatches, ...ofDispatches],
        [...ids.map(() => null), ...dispatchIds, ...dispatchIds],
        [
          ...ids.map(() => 'dispatch'),
          ...dispatchIds.map(() => 'deliveryReceipt'),
          ...dispatchIds.map(() => 'humanAcknowledgement'),
        ],
      ],
    },
  ];
}

/** Signs two dispatches for each referral and commits all that a decision leaves, in one transaction. */
export async function dispatchBare(
  accepted: readonly AcceptedBare[],
  places: BarePlaces,
  deps: { readonly newId: NewId; readonly origin: string },
): Promise<readonly BareDispatch[]> {
  const { newId } = deps;
  const dispatches = accepted.flatMap((one) =>
    [one.addresseeId, 'europol'].map((addresseeId) => sealDispatch(one, addresseeId, { places, newId })),
  );
  const events = eventsOf(accepted, dispatches, deps);
  const decided = events.slice(0, accepted.length);
  await commit(places.hub, [...rowsOf(accepted, { dispatches, decided, newId }), ...writeEvents(events)]);
  return dispatches;
}
