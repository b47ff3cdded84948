import type { Dispatch, Referral } from '@liaison/contracts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How near a date is: what an officer has to look at first. */
type Nearness = 'passed' | 'soon' | 'near' | 'far';

/** A date that runs. */
export interface Deadline {
  readonly at: string;
  readonly nearness: Nearness;
}

/** By when a person has to have acknowledged: 30 minutes for an urgent dispatch, else 72 hours, from its arrival. */
export function acknowledgementDueMs(entry: {
  readonly urgent: boolean;
  readonly receivedAt: string;
}): number {
  return Date.parse(entry.receivedAt) + (entry.urgent ? 30 * minuteMs : 72 * hourMs);
}

/** The same day of a later month, or that month's last: as deadlines in months run. */
function addMonths(at: string, months: number): number {
  const from = new Date(at);
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to.getTime();
}

/**
 * When the sender tells the user unless an authority asks it to wait: three months after the referral (Article 12(2) of
 * COM(2022) 209). Near from day 60, soon from day 80. Null where it is the reverse: out of a detection order the user
 * is told only after the authority has confirmed that nothing is interfered with (Article 10(6)).
 */
export function userToldAt(dispatch: Dispatch, referral: Referral, nowMs: number): Deadline | null {
  if (referral.awareness.manner === 'detectionOrder') return null;
  const atMs = addMonths(dispatch.acceptedAt, 3);
  const days = (nowMs - Date.parse(dispatch.acceptedAt)) / dayMs;
  const running = days >= 80 ? 'soon' : days >= 60 ? 'near' : 'far';
  return { at: new Date(atMs).toISOString(), nearness: atMs <= nowMs ? 'passed' : running };
}

/** When the first piece of evidence stops being kept (Article 22(2)); near from 60 days before, soon from 14. */
export function preservedUntil(referral: Referral, nowMs: number): Deadline | null {
  const ends = (referral.items ?? []).flatMap(({ preservedUntil: end }) => end ?? []);
  const [first] = ends.toSorted((left, right) => Date.parse(left) - Date.parse(right));
  if (first === undefined) return null;
  const days = (Date.parse(first) - nowMs) / dayMs;
  const nearness = days <= 0 ? 'passed' : days <= 14 ? 'soon' : days <= 60 ? 'near' : 'far';
  return { at: first, nearness };
}
