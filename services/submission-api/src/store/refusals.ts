import { createHmac } from 'node:crypto';
import type { EventMaker } from '@liaison/hub-database';
import type { Database } from '@liaison/postgres';
import { formatUtc, type Clock, type NewId } from '@liaison/service';
import type { Refusal } from '../open-referral.ts';

/** Records what remains of a refused submission: a keyed HMAC of the body, and codes. */
export type RecordRefusal = (body: string | Uint8Array, refusal: Refusal) => Promise<void>;

/**
 * Makes the recorder. A refusal of a verified sender is an event of the ledger as well; what nobody signed is not, or
 * anyone could make the ledger grow.
 */
export function createRefusalRecorder(options: {
  readonly database: Database;
  readonly events: EventMaker;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly hmacKey: Uint8Array;
}): RecordRefusal {
  const { database, events, clock, newId, hmacKey } = options;
  return async (body, refusal) => {
    const nowMs = clock.nowMs();
    const codes = [...new Set(refusal.faults.map(({ code }) => code))].slice(0, 20);
    const hmac = createHmac('sha256', hmacKey).update(body).digest();
    const sender = refusal.sender?.id ?? null;
    const event =
      sender === null
        ? null
        : await events.prepare({
            type: 'submissionRefused',
            atMs: nowMs,
            subjectId: null,
            actorId: sender,
            facts: {
              sender,
              state: 'refused',
              codes: [...new Set([refusal.problem, ...codes])].slice(0, 20),
            },
            details: { bodyHmac: hmac.toString('base64url') },
            referralId: null,
            audience: null,
          });
    await database.query('select intake.record_refusal($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      event?.eventId ?? newId(),
      formatUtc(nowMs),
      sender,
      hmac,
      refusal.problem,
      codes,
      refusal.urgent,
      event?.leaf ?? null,
      event?.salt ?? null,
      event?.details ?? null,
    ]);
  };
}
