import { randomBytes } from 'node:crypto';
import { connect } from '@liaison/postgres';
import {
  createMetrics,
  createNewId,
  runService,
  systemClock,
  type Log,
  type ReachPoint,
  type RunningService,
} from '@liaison/service';
import { readAuditConfig, type AuditConfig } from './config.ts';
import { createAudit } from './create-audit.ts';

/**
 * Runs audit as this process, configured by its environment.
 * @param reach awaited at the points between which a crash matters.
 */
export async function runAudit(reach: ReachPoint): Promise<void> {
  const start = async ({ environment, origin, logKey }: AuditConfig, log: Log): Promise<RunningService> => {
    const databaseUrl = environment.DATABASE_URL;
    const database = connect({ url: databaseUrl, applicationName: 'audit', maxConnections: 6, log });
    const service = await createAudit({
      database,
      databaseUrl,
      log,
      clock: systemClock,
      newId: createNewId(systemClock, randomBytes),
      reach,
      origin,
      logKey,
      host: environment.HOST,
      port: environment.PORT,
      entriesHost: environment.ENTRIES_HOST,
      entriesPort: environment.ENTRIES_PORT,
      operationsPort: environment.OPERATIONS_PORT,
      metrics: createMetrics('audit'),
    });
    return {
      addresses: service.addresses,
      async close() {
        await service.close();
        await database.end();
      },
    };
  };
  await runService({ name: 'audit', readConfig: readAuditConfig, start });
}
