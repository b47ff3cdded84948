import { createHash } from 'node:crypto';
import { originOf } from '@liaison/contracts';
import { decodeBase64Url, decodeLeaf, parseVerifierKey, verifyLogExport } from '@liaison/ledger';
import { addressesOf, logKeyOf, namesOf, verifyEd25519, type RunningLocal } from '@liaison/local';
import { withDatabase } from './database-remains.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

async function readRows<Row extends object>(
  local: RunningLocal,
  database: string,
  query: { readonly text: string; readonly values?: readonly unknown[] },
): Promise<readonly Row[]> {
  return withDatabase(local, database, async (connection) => {
    const { rows } = await connection.query<Row>(query.text, query.values ?? []);
    return rows;
  });
}

/** The hub's own rows. */
export function readHub<Row extends object>(
  local: RunningLocal,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  return readRows<Row>(local, namesOf(local.installation).hubDatabase, { text, values });
}

/** The rows of one contact point's inbox. */
export function readInbox<Row extends object>(
  local: RunningLocal,
  participantId: string,
  text: string,
): Promise<readonly Row[]> {
  return readRows<Row>(local, namesOf(local.installation).inboxDatabase(participantId), { text });
}

/** The whole ledger as an outsider gets it: whether it verifies, and what its leaves say. */
export interface LedgerHistory {
  readonly verified: boolean;
  readonly leaves: ReadonlySet<string>;
  /** How often each type of event happened to each subject. */
  readonly counts: ReadonlyMap<string, number>;
}

async function* keepLines(text: string): AsyncGenerator<string> {
  for (const line of text.split('\n')) if (line !== '') yield await Promise.resolve(line);
}

/** Exports the ledger and verifies it against every checkpoint that was ever signed. */
export async function readLedger(local: RunningLocal): Promise<LedgerHistory> {
  const key = await parseVerifierKey(await logKeyOf(local.installation), sha256);
  if (!key.ok) throw new Error('the log key does not parse');
  const notes = await readHub<{ note: string }>(local, 'select note from ledger.checkpoint order by size');
  const response = await fetch(`${addressesOf(local.ports).entries}/log/export`);
  const text = await response.text();
  const result = await verifyLogExport(keepLines(text), {
    origin: originOf(local.installation.instance),
    verifierKeys: [key.key],
    digest: sha256,
    verify: verifyEd25519,
    earlierCheckpoints: notes.map(({ note }) => note).slice(-60),
  });
  const leaves = new Set([...text.matchAll(/"leaf":"([A-Za-z0-9_-]+)"/g)].map((match) => match[1] ?? ''));
  const counts = new Map<string, number>();
  for (const leaf of leaves) {
    const decoded = decodeLeaf(decodeBase64Url(leaf) ?? new Uint8Array());
    if (!decoded.ok) continue;
    const name = `${decoded.event.type} ${decoded.event.subjectId}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return { verified: result.ok, leaves, counts };
}
