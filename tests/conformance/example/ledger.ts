import { base64Url, digestOf, sha256, type Book, type ExampleKey } from './book.ts';

/** An event before it is a leaf. */
export interface ExampleEvent {
  readonly eventId: string;
  readonly type: string;
  readonly at: string;
  readonly subjectId: string;
  readonly actorId: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly commitment: string;
}

/** RFC 8785 of values whose numbers are whole: members by UTF-16 code units, no space, strings as JSON.stringify has them. */
export function canonicalise(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalise).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalise(member)}`).join(',')}}`;
}

/** What a commitment hashes. */
export function commitmentInput(salt: Uint8Array, details: string): Buffer {
  return Buffer.concat([Buffer.from('liaison-event-v1'), salt, Buffer.from(details)]);
}

/** Commits to details of which the example says no more. */
export function commitTo(salt: Uint8Array, details: object): string {
  return digestOf(commitmentInput(salt, canonicalise(details)));
}

export function leafOf(origin: string, event: ExampleEvent): string {
  return canonicalise({ v: 1, origin, ...event });
}

export function hashLeaf(leaf: string): Buffer {
  return sha256(Buffer.concat([Buffer.of(0), Buffer.from(leaf)]));
}

function hashNode(left: Buffer, right: Buffer): Buffer {
  return sha256(Buffer.concat([Buffer.of(1), left, right]));
}

/** The largest power of two below a count. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** Root of leaf hashes (RFC 6962, 2.1), by its definition. */
function rootOf(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes;
  if (only === undefined) return sha256('');
  if (hashes.length === 1) return only;
  const split = splitOf(hashes.length);
  return hashNode(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

/** Audit path of a leaf (RFC 6962, 2.1.1), by its definition; the leaf's side first. */
function pathOf(position: number, hashes: readonly Buffer[]): Buffer[] {
  if (hashes.length <= 1) return [];
  const split = splitOf(hashes.length);
  const left = hashes.slice(0, split);
  const right = hashes.slice(split);
  return position < split
    ? [...pathOf(position, left), rootOf(right)]
    : [...pathOf(position - split, right), rootOf(left)];
}

/** What hashing along a path gives: the leaf's hash first, the root last. */
export function stepsOf(position: number, hashes: readonly Buffer[]): Buffer[] {
  const split = hashes.length <= 1 ? 0 : splitOf(hashes.length);
  if (split === 0) return [...hashes];
  const below =
    position < split
      ? stepsOf(position, hashes.slice(0, split))
      : stepsOf(position - split, hashes.slice(split));
  return [...below, rootOf(hashes)];
}

function subproof(older: number, hashes: readonly Buffer[], isWhole: boolean): Buffer[] {
  if (older === hashes.length) return isWhole ? [] : [rootOf(hashes)];
  const split = splitOf(hashes.length);
  const left = hashes.slice(0, split);
  const right = hashes.slice(split);
  return older <= split
    ? [...subproof(older, left, isWhole), rootOf(right)]
    : [...subproof(older - split, right, false), rootOf(left)];
}

/** Consistency proof (RFC 6962, 2.1.2), by its definition; `older` from 1. */
export function consistencyOf(older: number, hashes: readonly Buffer[]): Buffer[] {
  return subproof(older, hashes, true);
}

/** A checkpoint with its signature: four files from `first` on. */
export function makeCheckpoint(
  book: Book,
  made: { readonly first: number; readonly hashes: readonly Buffer[] },
  log: { readonly origin: string; readonly jwk: ExampleKey; readonly keyHash: Buffer },
): string {
  const { first, hashes } = made;
  const name = `checkpoint-${hashes.length}`;
  const root = book.hex(`${first}-${name}.root.hex`, rootOf(hashes));
  const text = book.text(
    `${first + 1}-${name}.text.txt`,
    `${log.origin}\n${hashes.length}\n${root.toString('base64')}\n`,
  );
  const signature = book.signature(`${first + 2}-${name}.signature.hex`, log.jwk, text);
  const line = Buffer.concat([log.keyHash, signature]).toString('base64');
  return book.text(`${first + 3}-${name}.note.txt`, `${text}\n\u2014 ${log.origin} ${line}\n`);
}

/** The answer of the log for a leaf. */
export function inclusionProof(position: number, hashes: readonly Buffer[], checkpoint: string): object {
  const path = pathOf(position, hashes).map((hash) => base64Url(hash));
  return { position, size: hashes.length, hashes: path, checkpoint };
}
