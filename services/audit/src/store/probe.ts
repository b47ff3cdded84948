import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

/** A committed write: what readiness has to prove. */
export async function writeProbe(database: Queryable, nowMs: number): Promise<void> {
  await database.query(`select intake.write_probe('audit', $1)`, [formatUtc(nowMs)]);
}
