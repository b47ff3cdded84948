/** What waits for one addressee. */
export interface Waiting {
  readonly addresseeId: string;
  readonly count: number;
  readonly oldestMs: number;
  readonly urgent: boolean;
}

const quietMs = 100;
const busyMs = 500;
/** With so many waiting in all, parcels linger longest: encryption is paid once a parcel. */
const busyCount = 60;

/**
 * How long dispatches may wait for company, milliseconds: short when quiet, longer with the backlog. What lingers longer lets
 * more gather, so the growth is slow at first: a moderate load would otherwise talk itself into being a heavy one.
 */
function lingerMs(waitingInAll: number): number {
  return quietMs + (busyMs - quietMs) * Math.min(1, waitingInAll / busyCount) ** 2;
}

/**
 * When the next parcel for an addressee is due, milliseconds since 1970: at once where something is urgent or a parcel
 * is full.
 */
export function parcelDueMs(waiting: Waiting, waitingInAll: number, fullCount: number): number {
  if (waiting.urgent || waiting.count >= fullCount) return waiting.oldestMs;
  return waiting.oldestMs + lingerMs(waitingInAll);
}
