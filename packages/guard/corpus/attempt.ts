import { readFileSync, readdirSync } from 'node:fs';

/** One attempt at smuggling, as it stands in `fixtures/corpus/<kind>.ndjson`. */
export interface Attempt {
  /** What a reader would get out of it, and how. */
  readonly reader: string;
  /** Name of what it carries. */
  readonly payload: string;
  /** How the payload is written: encodings and disguises in the order in which they were put on. */
  readonly steps: readonly string[];
  /** Pointers to the members that carry it, in the order in which they are read, and what is taken from each. */
  readonly members: readonly string[];
  readonly take?: string;
  readonly join: string;
  /** The finding for which it must be refused. */
  readonly expect: { readonly pointer: string; readonly code: string };
  /** Whether the schema refuses it as well. */
  readonly schemaRefuses?: true;
  /** What is different from the plain referral. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** A referral that holds nothing but what it has to. */
const plainReferral = {
  schemaVersion: '1.0',
  referralKind: 'providerReport',
  providerReference: 'cs-2026-000417',
  issuedAt: '2026-11-20T09:15:00+01:00',
  legalBasis: { instrument: 'voluntary' },
  reporter: { participantId: 'example-chat' },
  service: { types: ['interpersonalCommunications'], name: 'Example Chat' },
  abuseTypes: ['knownMaterial'],
  urgency: { claimed: false },
  awareness: { manner: 'ownMotion', methods: ['exactHash'], humanReview: 'metadataOnly' },
  items: [{ itemId: 'i1', mediaType: 'image', evidenceReference: 'ev-2026-11-20-0001' }],
} as const;

/** The referral of an attempt. */
export function referralOf({ set }: Pick<Attempt, 'set'>): unknown {
  // Through JSON, as it would arrive: members without a value are gone.
  const merged: unknown = JSON.parse(
    JSON.stringify({ ...plainReferral, ...set }, (_, value: unknown) => value ?? undefined),
  );
  return merged;
}

function valueAt(referral: unknown, pointer: string): string {
  const value = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((node, step) => (node as Readonly<Record<string, unknown>>)[step], referral);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a reader collects from the members of an attempt, before any decoding. */
export function collectText({ members, take, join, set }: Attempt): string {
  const referral = referralOf({ set });
  const form = take === undefined ? null : new RegExp(take);
  return members
    .map((pointer) => valueAt(referral, pointer))
    .map((value) => (form === null ? value : (form.exec(value)?.[1] ?? '')))
    .join(join);
}

const folder = new URL('../fixtures/corpus/', import.meta.url);

/** Reads the whole corpus; the kind of an attempt is the name of its file. */
export function readCorpus(): readonly { readonly kind: string; readonly attempt: Attempt }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .toSorted()
    .flatMap((file) =>
      readFileSync(new URL(file, folder), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => ({ kind: file.replace('.ndjson', ''), attempt: JSON.parse(line) as Attempt })),
    );
}
