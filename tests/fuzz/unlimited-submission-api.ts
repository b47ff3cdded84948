// The submission API as it is, with quotas that no run reaches.
import { passPoint } from '@liaison/service';
import { runSubmissionApi } from '@liaison/submission-api';
import { raiseQuotas } from './config.ts';

raiseQuotas();
await runSubmissionApi(passPoint);
