import { passPoint } from '@liaison/service';
import { runSubmissionApi } from './run-submission-api.ts';

await runSubmissionApi(passPoint);
