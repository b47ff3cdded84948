import { existsSync } from 'node:fs';
import type { Membership, PublicJwk } from '@liaison/contracts';
import { createDirectorySource } from '../directory-source.ts';
import { isObject, type JsonObject } from '../http/parse-json.ts';
import type { NotNow } from '../http/not-now.ts';
import type { Transport } from '../http/transport.ts';
import { openMemberDirectory, type HubKeys } from '../verify/hub-keys.ts';
import type { CliDeps } from './cli-deps.ts';
import { readJson, readText } from './read-files.ts';
import { directoryFileBeside } from './receipts/receipt-names.ts';
import { UsageError } from './usage-error.ts';

/** Where the hub's keys come from, as options name it. */
export interface KeySources {
  readonly directory?: string;
  readonly hubKeys?: string;
  readonly fetch?: boolean;
}

/** The keys, or why there are none to be believed. */
export type FoundKeys =
  | { readonly kind: 'found'; readonly keys: HubKeys }
  | { readonly kind: 'untrusted'; readonly file: string; readonly code: string }
  | NotNow;

const coordinate = /^[A-Za-z0-9_-]{43}$/;

function toPublicJwk({ kty, crv, x, y }: JsonObject): PublicJwk | null {
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') return null;
  return coordinate.test(x) && coordinate.test(y) ? { kty, crv, x, y } : null;
}

function readPinnedKeys(path: string): HubKeys {
  const value = readJson(path);
  const entries: unknown = isObject(value) ? value['keys'] : value;
  const given: readonly unknown[] = Array.isArray(entries) ? entries : [];
  const keys = given
    .filter(isObject)
    .map(toPublicJwk)
    .filter((jwk) => jwk !== null);
  if (keys.length === 0 || keys.length < given.length) {
    throw new UsageError('not-a-jwk-set', `${path} is not a set of public keys on P-256.`);
  }
  return { kind: 'pinned', keys };
}

async function openSaved(file: string, membership: Membership): Promise<FoundKeys> {
  const opened = await openMemberDirectory(readText(file).trim(), membership);
  if (!opened.ok) return { kind: 'untrusted', file, code: opened.code };
  return { kind: 'found', keys: { kind: 'directory', directory: opened.directory } };
}

/**
 * Finds the hub's keys: from the files named, from the hub where that is allowed, or from the directory that `submit` saved
 * beside the receipt.
 * @throws UsageError; ClientError of a fetched directory.
 */
export async function findHubKeys(
  receiptFile: string,
  sources: KeySources,
  context: {
    readonly membership: Membership;
    readonly transport: Transport;
    readonly clock: CliDeps['clock'];
  },
): Promise<FoundKeys> {
  if (sources.directory !== undefined && sources.hubKeys !== undefined) {
    throw new UsageError('key-source-unclear', 'Give --directory or --hub-keys, not both.');
  }
  if (sources.hubKeys !== undefined) return { kind: 'found', keys: readPinnedKeys(sources.hubKeys) };
  if (sources.directory !== undefined) return openSaved(sources.directory, context.membership);
  if (sources.fetch === true) {
    const state = await createDirectorySource(context).current();
    if (state.kind === 'not-now') return state;
    return { kind: 'found', keys: { kind: 'directory', directory: state.directory } };
  }
  const beside = directoryFileBeside(receiptFile);
  if (existsSync(beside)) return openSaved(beside, context.membership);
  const message = "The hub's keys are missing: give --directory FILE or --hub-keys FILE, or allow --fetch.";
  throw new UsageError('key-source-missing', message);
}
