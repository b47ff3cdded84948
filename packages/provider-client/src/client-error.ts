import type { Problem } from '@liaison/contracts';

const messages = {
  'answer-not-understood': 'What answered at the address of the hub is not a Liaison hub.',
  'directory-untrusted':
    "The hub's directory is not one that the membership document lets us trust: another key or installation.",
  'hub-unreachable': 'The hub cannot be reached, or cannot answer now.',
  'membership-invalid': 'The value is not a membership document.',
  'read-refused': 'The hub refused the request.',
} as const;

/** Why the client cannot go on. */
export type ClientErrorCode = keyof typeof messages;

/** What stands behind an error. */
export interface ClientErrorParts {
  /** A more exact stable code. */
  readonly reason?: string;
  /** What the hub answered. */
  readonly problem?: Problem;
  readonly cause?: unknown;
}

/** A deliberate error: stable code, fixed message; never a payload, token or key. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  readonly reason: string | null;
  readonly problem: Problem | null;

  constructor(code: ClientErrorCode, { reason, problem, cause }: ClientErrorParts = {}) {
    super(messages[code], { cause });
    this.code = code;
    this.reason = reason ?? problem?.code ?? null;
    this.problem = problem ?? null;
  }
}
