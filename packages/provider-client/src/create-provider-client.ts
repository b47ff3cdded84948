import type { Membership, Referral } from '@liaison/contracts';
import type { SigningKey } from '@liaison/seal';
import type { Clock, Wait } from './clock.ts';
import { createDirectorySource, type DirectoryState } from './directory-source.ts';
import { createTransport, type Fetch } from './http/transport.ts';
import { readFeedPages, type FeedPage, type FeedPosition } from './reads/read-feed.ts';
import { readStatus, type ReferralName, type StatusAnswer } from './reads/read-status.ts';
import { defaultRetryPolicy, waitForTimer, type RetryPolicy } from './submit/deliver.ts';
import { createReferralSigner } from './submit/outgoing.ts';
import { submitMany, submitOne, submitSigned } from './submit/referral-submitter.ts';
import type { Submitted } from './submit/submitted.ts';

/** What a client is made of. */
export interface ProviderClientOptions {
  /** What the hub gave at registration. */
  readonly membership: Membership;
  /** A private key that the directory lists for this member; pass the same object every time. */
  readonly signingKey: SigningKey;
  readonly clock: Clock;
  /** Makes lower-case UUIDv7 (RFC 9562). */
  readonly newId: () => string;
  readonly fetch?: Fetch;
  readonly retry?: Partial<RetryPolicy>;
  /** For one request with its answer, milliseconds; 30,000 where it is left out. */
  readonly timeoutMs?: number;
  readonly wait?: Wait;
  /** A number from 0 to 1, for waits. */
  readonly random?: () => number;
}

/** What may accompany a call. */
export interface CallOptions {
  /** Ends waiting and sending; the call rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Submits referrals to one hub, and follows them. */
export interface ProviderClient {
  /**
   * Checks a referral offline, signs and submits it, and verifies the receipt. Network failures, 429 and 5xx are tried
   * again; doing so is always safe.
   * @throws ClientError `directory-untrusted`, `answer-not-understood`; SealError `kid-not-thumbprint`.
   */
  submit(referral: Referral, call?: CallOptions): Promise<Submitted>;
  /** Submits any number in batches; results in their order, each judged by itself. @throws as `submit`. */
  submitBatch(referrals: readonly Referral[], call?: CallOptions): Promise<Submitted[]>;
  /** Submits bytes that were signed before, unchanged. @throws as `submit`. */
  submitJws(jws: string, call?: CallOptions): Promise<Submitted>;
  /** Asks what may be told of one of our own referrals. @throws ClientError `answer-not-understood`. */
  status(name: ReferralName, call?: CallOptions): Promise<StatusAnswer>;
  /**
   * Reads what happened since a page, in the order of the ledger; ends where nothing new is. Follow again with the last
   * page's `next`.
   * @throws ClientError `read-refused`, `hub-unreachable`, `answer-not-understood`.
   */
  readFeed(position?: FeedPosition, call?: CallOptions): AsyncIterable<FeedPage>;
  /** The verified directory, whose signed form proves receipts later. @throws as `submit`. */
  directory(): Promise<DirectoryState>;
}

/** Makes a client of one member. */
export function createProviderClient(options: ProviderClientOptions): ProviderClient {
  const { membership, signingKey, clock, newId, fetch = globalThis.fetch, timeoutMs = 30_000 } = options;
  const transport = createTransport({ fetch, clock, timeoutMs });
  const directories = createDirectorySource({ membership, transport, clock });
  const shared = {
    membership,
    signingKey,
    clock,
    newId,
    transport,
    directories,
    wait: options.wait ?? waitForTimer,
    random: options.random ?? Math.random,
    retry: { ...defaultRetryPolicy, ...options.retry },
    sign: createReferralSigner({ membership, signingKey, clock, newId }),
  };
  const depsOf = (call?: CallOptions) => ({ ...shared, signal: call?.signal });
  return {
    submit: (referral, call) => submitOne(referral, depsOf(call)),
    submitBatch: (referrals, call) => submitMany(referrals, depsOf(call)),
    submitJws: (jws, call) => submitSigned(jws, depsOf(call)),
    status: (name, call) => readStatus(name, depsOf(call)),
    readFeed: (position = {}, call) => readFeedPages(position, depsOf(call)),
    directory: () => directories.current(),
  };
}
