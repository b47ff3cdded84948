import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

/** No reference can have this name: `+` may not be in one. */
export const directoryName = 'hub+directory.jws';

/** The signed directory that is saved beside a receipt. */
export function directoryFileBeside(receiptFile: string): string {
  return join(dirname(receiptFile), directoryName);
}

/** File systems take 255 bytes for a name; an id and an ending come on top of this. */
const longestName = 180;

/** A reference as the name of a file: `:` may stand in one, and not in every file system's names. */
export function nameOf(reference: string): string {
  const name = encodeURIComponent(reference);
  if (name.length <= longestName) return name;
  const hash = createHash('sha256').update(reference).digest('hex').slice(0, 24);
  return `${name.slice(0, longestName - hash.length - 1)}+${hash}`;
}

const withId = /^(.+)\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.jws$/;

/** Files that hold a second receipt of one name, by that name. */
export function groupFurtherFiles(files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const [, name] = withId.exec(file) ?? [];
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  return groups;
}
