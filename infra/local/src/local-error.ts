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
  'kafka-files': 'A file that the Kafka at KAFKA_BROKERS needs cannot be read.',
  'kafka-unusable': 'The Kafka cannot be reached, or lets us make no topics.',
  'child-failed': 'A part of Liaison could not start; its log says why.',
  stopped: 'Stopped before it was done.',
} as const;

export type LocalErrorCode = keyof typeof sentences;

/** Why Liaison cannot run here: one clear sentence for whoever started it. */
export class LocalError extends CodedError<LocalErrorCode> {
  constructor(code: LocalErrorCode, options?: { readonly cause?: unknown; readonly detail?: string }) {
    const detail = options?.detail === undefined ? '' : ` (${options.detail})`;
    super(code, `${sentences[code]}${detail}`, { cause: options?.cause });
  }
}

/** Conditions of the machine, by the codes under which the parts of Liaison report them. */
const conditions: readonly (readonly [code: string, LocalErrorCode])[] = [
  ['ENOSPC', 'disk-full'],
  ['53100', 'disk-full'],
  ['disk-full', 'disk-full'],
  ['too-few-connections', 'too-few-connections'],
  ['53300', 'too-few-connections'],
  ['already-running', 'already-running'],
  ['EADDRINUSE', 'port-in-use'],
];

/** What codes of a part that failed say about the machine; null where they say nothing that is known here. */
export function conditionOf(codes: readonly string[]): LocalErrorCode | null {
  return conditions.find(([code]) => codes.includes(code))?.[1] ?? null;
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') codes.push(code);
  }
  return codes;
}

/** The sentence for an error of any part: ours as it is, known conditions of the machine in our words. */
export function sentenceOf(error: unknown): string {
  if (error instanceof LocalError) return error.message;
  const condition = conditionOf(codesOf(error));
  if (condition !== null) return sentences[condition];
  const isSentence = error instanceof Error && typeof (error as { code?: unknown }).code === 'string';
  return isSentence
    ? error.message
    : `Liaison failed: ${error instanceof Error ? error.name : 'unknown error'}.`;
}
