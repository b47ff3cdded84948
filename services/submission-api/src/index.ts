export { createSubmissionApi } from './create-submission-api.ts';
export type { SubmissionApiDeps } from './create-submission-api.ts';
export type { SubmissionApiSecrets } from './config.ts';
export { runSubmissionApi } from './run-submission-api.ts';
