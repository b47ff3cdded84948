import { CodedError } from '@liaison/service';

const sentences = {
  'port-in-use':
    'A port that Liaison needs is in use: choose another range with --port, or --port 0 for any.',
  'data-of-another-version': 'The data folder was written by another version of Liaison: use another folder.',
  'data-incomplete': 'The data folder was not set up to its end: remove it, or use another one.',
  'already-running': 'Another Liaison is running on this data folder.',
  'too-few-connections':
    'The PostgreSQL server allows too few connections: 250 are needed (max_connections).',
  'disk-full': 'The disk is full: free some space and start again.',
  'database-unreachable': 'The PostgreSQL server at --database-url cannot be reached, or refuses the login.',
  'database-too-weak': 'The login of --database-url may not create databases and roles.',
  'child-failed': 'A part of Liaison could not start; its log says why.',
} as const;

export type LocalErrorCode = keyof typeof sentences;

/** Why Liaison cannot run here: one clear sentence for whoever started it. */
export class LocalError extends CodedError<LocalErrorCode> {
  constructor(code: LocalErrorCode, options?: { readonly cause?: unknown; readonly detail?: string }) {
    const detail = options?.detail === undefined ? '' : ` (${options.detail})`;
    super(code, `${sentences[code]}${detail}`, { cause: options?.cause });
  }
}

function isErrnoCode(error: unknown, code: string): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ((at as { code?: unknown }).code === code) return true;
  }
  return false;
}

/** The sentence for an error of any part: ours as it is, known conditions of the machine in our words. */
export function sentenceOf(error: unknown): string {
  if (error instanceof LocalError) return error.message;
  for (const code of ['ENOSPC', '53100', 'disk-full']) {
    if (isErrnoCode(error, code)) return sentences['disk-full'];
  }
  if (isErrnoCode(error, 'too-few-connections')) return sentences['too-few-connections'];
  if (isErrnoCode(error, 'already-running')) return sentences['already-running'];
  const isSentence = error instanceof Error && typeof (error as { code?: unknown }).code === 'string';
  return isSentence
    ? error.message
    : `Liaison failed: ${error instanceof Error ? error.name : 'unknown error'}.`;
}
