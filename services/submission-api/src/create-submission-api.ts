import type { PublicJwk } from '@liaison/contracts';
import { limits } from '@liaison/contracts';
import { createDirectoryHolder } from '@liaison/directory';
import { createGuard } from '@liaison/guard';
import { createContentCipher, createEventMaker, hubChannels, type WrappingKey } from '@liaison/hub-database';
import { listen, runWorker, type Database } from '@liaison/postgres';
import type { SigningKey } from '@liaison/seal';
import {
  addHealthRoutes,
  addMetricsRoute,
  createHttpApp,
  createMetrics,
  createReadiness,
  listenHttp,
  readBody,
  refuseOtherMethods,
  type Clock,
  type Log,
  type NewId,
  type RandomBytes,
  type ReachPoint,
  type RunningService,
} from '@liaison/service';
import { createDirectorySource } from './directory-source.ts';
import { createAcceptanceMaker } from './make-acceptance.ts';
import { createRateLimit, limitByAddress } from './rate-limits.ts';
import { findReferrals } from './routes/find-referrals.ts';
import { getDirectory } from './routes/get-directory.ts';
import { getReferral } from './routes/get-referral.ts';
import { readFeed } from './routes/read-feed.ts';
import { submitReferral } from './routes/submit-referral.ts';
import { submitReferrals } from './routes/submit-referrals.ts';
import { writeProbe } from './store/intake.ts';
import { createRefusalRecorder } from './store/refusals.ts';
import type { SubmitDeps } from './submit.ts';

/** Everything that the submission API is made of. */
export interface SubmissionApiDeps {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly randomBytes: RandomBytes;
  readonly reach: ReachPoint;
  readonly instance: string;
  readonly origin: string;
  readonly anchors: readonly PublicJwk[];
  readonly receiptKey: SigningKey;
  readonly wrappingKeys: readonly WrappingKey[];
  readonly refusalHmacKey: Uint8Array;
  readonly host: string;
  readonly port: number;
  readonly operationsPort: number;
  /** Address under which senders know this interface, without a path; the listener's own where absent. */
  readonly publicOrigin?: string;
  readonly referralsPerMinute: number;
  readonly requestsPerMinuteAndAddress: number;
}

const apiVersion = '1.0.0';
const directoryPollMs = 15_000;
