export { ClientError } from './client-error.ts';
export type { ClientErrorCode, ClientErrorParts } from './client-error.ts';
export type { Clock, Wait } from './clock.ts';
export { createProviderClient } from './create-provider-client.ts';
export type { CallOptions, ProviderClient, ProviderClientOptions } from './create-provider-client.ts';
export type { DirectoryState } from './directory-source.ts';
export { createExample, exampleKinds, exampleKindsFor } from './example/create-example.ts';
export type { ExampleContext, ExampleKind } from './example/create-example.ts';
export type { NotNow } from './http/not-now.ts';
export type { Fetch } from './http/transport.ts';
export { generateKeys } from './keys/generate-keys.ts';
export type { GeneratedKeys, MemberKind, PrivateSetKey, PublicSetKey } from './keys/generate-keys.ts';
export { readSigningKey } from './keys/read-signing-key.ts';
export type { SigningKeyFault, SigningKeyResult } from './keys/read-signing-key.ts';
export { readMembership } from './read-membership.ts';
export type { FeedPage, FeedPosition } from './reads/read-feed.ts';
export type { ReferralName, ReferralStatus, StatusAnswer } from './reads/read-status.ts';
export { defaultRetryPolicy } from './submit/deliver.ts';
export type { RetryPolicy } from './submit/deliver.ts';
export type {
  Accepted,
  ReceiptRejected,
  Refused,
  RetryCode,
  Submitted,
  TryAgain,
} from './submit/submitted.ts';
export { warningMeanings } from './validate/referral-warning.ts';
export type { ReferralWarning, WarningCode } from './validate/referral-warning.ts';
export { tidyReferral } from './validate/tidy-referral.ts';
export type { TidiedReferral } from './validate/tidy-referral.ts';
export { validateReferral } from './validate/validate-referral.ts';
export type { ReferralReview, Stage, StagedFault } from './validate/validate-referral.ts';
export { openMemberDirectory } from './verify/hub-keys.ts';
export type { HubKeys, Revocation } from './verify/hub-keys.ts';
export type { LogKeyFault } from './verify/log-keys.ts';
export type { MemberTrust } from './verify/member-trust.ts';
export { verifyLog } from './verify/verify-log.ts';
export type { LogResult, LogTrustTexts } from './verify/verify-log.ts';
export { verifyProofBundle } from './verify/verify-proof-bundle.ts';
export type { ProofBundle, ProofBundleResult } from './verify/verify-proof-bundle.ts';
export { verifyReceipt } from './verify/verify-receipt.ts';
export type {
  ReceiptExpectation,
  ReceiptFault,
  ReceiptResult,
  ReceiptTrust,
  VerifiedReceipt,
} from './verify/verify-receipt.ts';
