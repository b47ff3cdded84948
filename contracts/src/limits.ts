/** Sizes, windows and lifetimes that both ends of a message have to agree on. */
export const limits = {
  /** A referral as JSON, bytes. */
  referralPayloadBytes: 128 * 1024,
  /** A referral as compact JWS, bytes. */
  referralJwsBytes: 180 * 1024,
  /** The body of a batch, bytes. */
  batchBodyBytes: 4 * 1024 * 1024,
  batchReferrals: 100,
  /** A parcel as it travels, bytes: under Kafka's default of 1 MiB for a record. */
  parcelBytes: 700 * 1024,
  parcelMessages: 100,
  /** Nesting of JSON anywhere. */
  jsonDepth: 24,
  /** Window of `iat` at intake, milliseconds. */
  iatMaxAgeMs: 10 * 60_000,
  iatMaxAheadMs: 60_000,
  /** How far in the future what has happened may lie, milliseconds: clocks differ. */
  eventMaxAheadMs: 5 * 60_000,
  /** Longest life of a token for one read, seconds. */
  requestMaxLifeSeconds: 60,
  directoryLifeMs: 10 * 60_000,
  directoryReissueMs: 60_000,
  /** For how long after its end a key may still have signed an answer, milliseconds. */
  answerKeyGraceMs: 7 * 24 * 3_600_000,
} as const;
