export { feedReferrals } from './feed/feed-referrals.ts';
export { submitDepsOf, submitLabelled } from './feed/submit.ts';
export type { Answered, SubmitDeps } from './feed/submit.ts';
export type { LocalOptions } from './options.ts';
export type { Entries } from './processes/child-specs.ts';
export type { SupervisedChild } from './processes/child.ts';
export {
  addressesOf,
  auditSecrets,
  contactPointEntry,
  hubSettings,
  logKeyOf,
  membershipOf,
  routerSecrets,
  submissionApiSecrets,
} from './setup/derive-settings.ts';
export type { Surroundings } from './setup/derive-settings.ts';
export { embeddedPlace, kafkaPlace } from './setup/exchange-place.ts';
export { urlOf, withAdmin } from './setup/database-server.ts';
export { createInstallation, namesOf } from './setup/installation.ts';
export type { InstalledContactPoint, Installation } from './setup/installation.ts';
export { prepareDatabases, removeDatabases } from './setup/prepare-databases.ts';
export { memberFolder } from './setup/write-key-files.ts';
export { startLocal } from './start-local.ts';
export type { RunningLocal, StartDeps } from './start-local.ts';
export { formatSummary } from './summary/print-summary.ts';
export { readDispatches } from './summary/read-dispatches.ts';
export { isFlawless, summarise } from './summary/summarise.ts';
export type { Summary } from './summary/summarise.ts';
export { waitForReceipts } from './summary/wait-for-receipts.ts';
export { verifyEd25519, verifyLedger } from './summary/verify-ledger.ts';
