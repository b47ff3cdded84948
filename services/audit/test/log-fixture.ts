import { createPrivateKey, createPublicKey } from 'node:crypto';
import { originOf } from '@liaison/contracts';
import {
  appendLeaves,
  frontierOf,
  hashLeaf,
  openCheckpoint,
  rootOfFrontier,
  type ParsedCheckpoint,
} from '@liaison/ledger';
import type { Log, LogFields } from '@liaison/service';
import { createLogIdentity, type LogIdentity, type LogKey } from '../src/log-key/log-identity.ts';
import { sha256 } from '../src/log-key/sha256.ts';
import type { Hub } from './hub-fixture.ts';

/** Origin of the logs that tests make. */
export const origin = originOf('test');

/** A key made of one byte, repeated: the same at every run. */
export function createLogKey(seed: number): LogKey {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  const der = Buffer.concat([head, Buffer.alloc(32, seed)]);
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  const { x = '' } = key.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, d: Buffer.alloc(32, seed).toString('base64url') };
}

/** The key of the logs that tests make. */
export const logKey = createLogKey(1);

/** The log that tests make. */
export async function createTestIdentity(): Promise<LogIdentity> {
  return createLogIdentity(origin, logKey);
}

/** Opens a note of the test's log, or throws its fault. */
export async function openTestCheckpoint(note: string): Promise<ParsedCheckpoint> {
  const { trust } = await createTestIdentity();
  const opened = await openCheckpoint(note, trust);
  if (!opened.ok) throw new Error(opened.code);
  return opened.checkpoint;
}

/** The root of the first `size` leaves, made anew from the leaves' bytes alone. */
export async function computeRoot({ owner }: Hub, size: number): Promise<Uint8Array> {
  const { rows } = await owner.query<{ leaf: Uint8Array }>(
    'select leaf from ledger.leaf where "position" < $1 order by "position"',
    [size],
  );
  const leafHashes = rows.map(({ leaf }) => hashLeaf(leaf, sha256));
  const { frontier } = appendLeaves({ size: 0, frontier: [], leafHashes, sha256 });
  if (frontier.length !== frontierOf(size).length) throw new Error('leaves are missing');
  return rootOfFrontier(frontier, sha256);
}

/** A log that keeps what is written to it. */
export interface RecordedLog extends Log {
  readonly entries: { readonly level: string; readonly event: string; readonly fields: LogFields }[];
}

/** Makes one. */
export function recordLog(): RecordedLog {
  const entries: RecordedLog['entries'] = [];
  const write =
    (level: string) =>
    (event: string, fields: LogFields = {}): void => {
      entries.push({ level, event, fields });
    };
  return { entries, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
