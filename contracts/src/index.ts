export {
  audienceOf,
  everyone,
  hubParticipantId,
  kafkaGroupOf,
  kafkaNameOf,
  originOf,
  topicFrom,
  topicTo,
} from './addresses.ts';
export { bundleOpenApi, openApiToYaml } from './bundle-open-api.ts';
export type { BundleOptions } from './bundle-open-api.ts';
export { dataClasses, faultMeanings, problems, refusalMeanings } from './codes.ts';
export type { DataClass, FaultCode, GuardRule, ProblemCode, RefusalCode } from './codes.ts';
export { memberStates, normaliseCountry } from './country.ts';
export { limits } from './limits.ts';
export { jwsTypes, parcelType } from './message-types.ts';
export type { JwsType, MessageType } from './message-types.ts';
export { checkReferralRules } from './referral-rules.ts';
export type { Signer } from './referral-rules.ts';
export { openApiId, readOpenApi, readSchemas, schemaId } from './schema-files.ts';
export type { SchemaDocument } from './schema-files.ts';
export { validateBody, validateMessage, validateReceived } from './validate.ts';
export type { Bodies, Messages, Validation } from './validate.ts';
export type {
  Certainty,
  Country,
  Decision,
  DeliveryReceipt,
  Directory,
  Dispatch,
  Fault,
  Feedback,
  LedgerEvent,
  MemberState,
  Membership,
  Parcel,
  ParticipantKind,
  Problem,
  PublicJwk,
  ReadRequest,
  Referral,
  RoutingPolicy,
  SubmissionReceipt,
} from './generated/messages.d.ts';
export type { components as SubmissionApi } from './generated/submission-api.d.ts';
export type { components as AuditApi } from './generated/audit-api.d.ts';
export type { components as ContactPointApi } from './generated/contact-point-api.d.ts';
