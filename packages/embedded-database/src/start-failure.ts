import { EmbeddedDatabaseError } from './embedded-database-error.ts';
import type { EmbeddedDatabaseErrorCode } from './embedded-database-error.ts';

/** Ordered: the first pattern found anywhere in the output names the fault. The server speaks English (lc_messages=C). */
const patterns: readonly { readonly says: RegExp; readonly code: EmbeddedDatabaseErrorCode }[] = [
  {
    says: /could not (create|resize) shared memory segment|could not map anonymous shared memory/u,
    code: 'out-of-memory',
  },
  { says: /could not fork|Cannot allocate memory|out of memory/u, code: 'out-of-memory' },
  { says: /No space left on device|Disk quota exceeded/u, code: 'disk-full' },
  { says: /Address already in use/u, code: 'port-in-use' },
  { says: /database files are incompatible with server/u, code: 'data-of-another-version' },
  { says: /lock file .* already exists|pre-existing shared memory block/u, code: 'already-running' },
  { says: /has wrong ownership|could not access directory|Permission denied/u, code: 'data-of-another-user' },
];

/** What the server says is wrong with the machine or the folder; null where it names nothing that is known here. */
export function nameFailure(lines: readonly string[]): EmbeddedDatabaseErrorCode | null {
  const output = lines.join('\n');
  return patterns.find(({ says }) => says.test(output))?.code ?? null;
}

/** What kept the server or its initialisation from running, told from what it printed. */
export function explainFailure(
  lines: readonly string[],
  otherwise: EmbeddedDatabaseErrorCode,
): EmbeddedDatabaseError {
  // Nothing but the start-up is quoted here: no rows have been read yet.
  return new EmbeddedDatabaseError(nameFailure(lines) ?? otherwise, { cause: new Error(lines.join('\n')) });
}
