import type { Digest } from '../digest.ts';
import { decodeLeaf, type LeafFault } from '../leaf/leaf.ts';
import { hashLeaf } from '../tree/hash-tree-data.ts';
import { parseExportLine, type ExportLine } from './export-line.ts';
import { addLeaf, type RebuiltTree } from './rebuilt-tree.ts';

/** Why an export cannot be read. */
export type ReadFault =
  | LeafFault
  /** Not one of the three kinds of line, or one where it does not belong. */
  | 'line-malformed'
  /** The log, or a leaf of it, says that it is another log. */
  | 'origin-wrong'
  /** A position is missing, comes twice or is not in order. */
  | 'position-wrong'
  /** The export ends before its checkpoint. */
  | 'log-truncated';

/** An export as read, before anything signed was looked at. */
export interface ReadExport {
  /** Size that the first line claims. */
  readonly claimedSize: number;
  readonly tree: RebuiltTree;
  /** The last line's signed checkpoint. */
  readonly note: string;
  /** Number of lines. */
  readonly lines: number;
}

/** What became of reading. */
export type ReadResult =
  | { readonly ok: true; readonly log: ReadExport }
  | { readonly ok: false; readonly code: ReadFault; readonly line: number };

/** What reading needs. */
export interface ReadOptions {
  readonly origin: string;
  readonly digest: Digest;
  /** Told of the tree at every size, 0 included. */
  readonly onTree: (tree: RebuiltTree) => Promise<void>;
}

function checkLeaf(
  { position, leaf }: Extract<ExportLine, { kind: 'leaf' }>,
  { tree, origin }: { readonly tree: RebuiltTree; readonly origin: string },
): ReadFault | undefined {
  if (position !== tree.size) return 'position-wrong';
  const decoded = decodeLeaf(leaf);
  if (!decoded.ok) return decoded.code;
  return decoded.event.origin === origin ? undefined : 'origin-wrong';
}

/** Reads an export line by line and rebuilds its tree, holding O(log size) hashes. */
export async function readExport(
  lines: AsyncIterable<string>,
  { origin, digest, onTree }: ReadOptions,
): Promise<ReadResult> {
  let tree: RebuiltTree = { size: 0, frontier: [] };
  let claimedSize: number | undefined;
  let note: string | undefined;
  let line = 0;
  for await (const text of lines) {
    line += 1;
    const parsed = parseExportLine(text);
    const expected = line === 1 ? parsed?.kind === 'log' : parsed?.kind !== 'log' && note === undefined;
    if (parsed === undefined || !expected) return { ok: false, code: 'line-malformed', line };
    switch (parsed.kind) {
      case 'log':
        if (parsed.origin !== origin) return { ok: false, code: 'origin-wrong', line };
        claimedSize = parsed.size;
        await onTree(tree);
        break;
      case 'leaf': {
        const code = checkLeaf(parsed, { tree, origin });
        if (code !== undefined) return { ok: false, code, line };
        tree = await addLeaf(tree, { leafHash: await hashLeaf(parsed.leaf, digest), digest });
        await onTree(tree);
        break;
      }
      case 'checkpoint':
        note = parsed.note;
        break;
    }
  }
  if (claimedSize === undefined || note === undefined) return { ok: false, code: 'log-truncated', line };
  return { ok: true, log: { claimedSize, tree, note, lines: line } };
}
