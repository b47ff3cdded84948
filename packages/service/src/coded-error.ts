/**
 * A deliberate error: a stable code to switch on, a fixed message, and the error behind it. Never holds a payload,
 * token, key or personal data, so it may be logged.
 */
export class CodedError<Code extends string = string> extends Error {
  override readonly name: string = 'CodedError';
  readonly code: Code;

  constructor(code: Code, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The code of an unknown error: its own `code` (ours, Node's, SQLSTATE), else its class. Never its message. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}

/** The SQLSTATE with which the database refused a statement: without it nobody could tell why. */
function sqlstateOf(error: unknown): string[] {
  const { sqlstate } = error as { sqlstate?: unknown };
  return typeof sqlstate === 'string' ? [sqlstate] : [];
}

/** The codes of an error and of all that caused it, outermost first. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at: unknown = error; at !== undefined && at !== null && codes.length < 8;) {
    codes.push(codeOf(at), ...sqlstateOf(at));
    at = at instanceof Error ? at.cause : undefined;
  }
  return codes;
}
