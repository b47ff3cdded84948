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
  type Tracing,
} from '@liaison/service';
import { readSubmissionApiConfig, type SubmissionApiConfig } from './config.ts';
import { createSubmissionApi } from './create-submission-api.ts';

/**
 * Runs the submission API as this process, configured by its environment.
 * @param reach awaited at the points between which a crash matters.
 */
export async function runSubmissionApi(reach: ReachPoint): Promise<void> {
  const start = async (config: SubmissionApiConfig, log: Log, tracing: Tracing): Promise<RunningService> => {
    const { environment } = config;
    const database = connect({
      url: environment.DATABASE_URL,
      applicationName: 'submission-api',
      maxConnections: 8,
      log,
    });
    const service = await createSubmissionApi({
      ...config,
      database,
      databaseUrl: environment.DATABASE_URL,
      log,
      clock: systemClock,
      newId: createNewId(systemClock, randomBytes),
      randomBytes,
      reach,
      instance: environment.INSTANCE,
      host: environment.HOST,
      port: environment.PORT,
      operationsPort: environment.OPERATIONS_PORT,
      publicOrigin: environment.PUBLIC_ORIGIN,
      referralsPerMinute: environment.REFERRALS_PER_MINUTE,
      requestsPerMinuteAndAddress: environment.REQUESTS_PER_MINUTE_AND_ADDRESS,
      metrics: createMetrics('submission-api'),
      tracing,
    });
    return {
      addresses: service.addresses,
      async close() {
        await service.close();
        await database.end();
      },
    };
  };
  await runService({ name: 'submission-api', readConfig: readSubmissionApiConfig, start });
}
