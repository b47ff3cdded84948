import { runSubmissionApi } from '@liaison/submission-api';
import { passPoint } from '@liaison/service';
import { profileOnSignal } from './profile-on-signal.ts';

profileOnSignal();
await runSubmissionApi(passPoint);
