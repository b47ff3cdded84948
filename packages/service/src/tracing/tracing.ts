/** Where a span stands: its trace, 32 hexadecimal digits, and its own id, 16. */
export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
}

/** What a span is about: ids and codes, and nothing else. Semantic conventions are made of it where it is exported. */
export type SpanSubject =
  | {
      /** An HTTP request that was answered. Its path may hold what a caller made up: the route is told instead. */
      readonly kind: 'request';
      readonly method: string;
      readonly route: string;
      readonly status: number;
    }
  | {
      /** A step inside the hub. */
      readonly kind: 'step';
      readonly name: 'accept referral' | 'decide referral' | 'apply receipt';
      readonly referralId: string;
      readonly dispatchId: string | null;
      readonly outcome: string;
    }
  | {
      /** A message of its own (`create`), or a record that holds several (`send`, `process`). */
      readonly kind: 'message';
      readonly operation: 'create' | 'send' | 'process';
      /** What we call it, for example `dispatch`. */
      readonly name: string;
      readonly topic: string;
      /** Of a dispatch, or the digest of a parcel. */
      readonly messageId: string;
      readonly referralId: string | null;
      /** Messages of a record. */
      readonly count: number | null;
    };

/** Work that has ended. */
export interface SpanDraft {
  readonly subject: SpanSubject;
  readonly place: SpanPlace;
  /** Null: the root of its trace. */
  readonly parent: SpanPlace | null;
  readonly links: readonly SpanPlace[];
  readonly startMs: number;
  readonly endMs: number;
  /** The code of what went wrong; null where nothing did. */
  readonly failure: string | null;
}

/** Records spans of work that has ended; never throws and never waits. */
export interface Tracing {
  /** Whether anything is recorded: what only spans need is left undone where not. */
  readonly isOn: boolean;
  record(draft: SpanDraft): void;
  /** Headers (W3C Trace Context) that help tools of others to find a span; none where nothing is recorded. */
  headersOf(place: SpanPlace): Readonly<Record<string, string>>;
  /** The span that headers of others name: worth a link and never a parent. Null where absent or malformed. */
  readHeaders(headers: Readonly<Record<string, string | undefined>>): SpanPlace | null;
  /** The same, with the name of the messaging system that its messages travel through. */
  over(messagingSystem: string): Tracing;
  /** Exports what is left, for a moment at most. */
  close(): Promise<void>;
}

/** Records nothing. */
export const noTracing: Tracing = {
  isOn: false,
  record: () => undefined,
  headersOf: () => ({}),
  readHeaders: () => null,
  over: () => noTracing,
  close: () => Promise.resolve(),
};
