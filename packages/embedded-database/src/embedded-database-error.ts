const messages = {
  'already-running': 'Another running program already keeps a database in this folder.',
  'binaries-incomplete':
    'The PostgreSQL package is not fully installed: install again and let its install script run.',
  'binaries-missing':
    'PostgreSQL was not installed with this package: install again with optional dependencies.',
  'data-of-another-user':
    'The data folder belongs to another user: start as that user or choose another folder.',
  'data-of-another-version':
    'The data folder was written by another major version of PostgreSQL: dump it with that one.',
  'disk-full': 'The disk is full: free some space and start again.',
  'folder-unusable': 'The folder cannot be created, entered or written by the user who runs the database.',
  'initialise-failed': 'PostgreSQL could not initialise its data folder; its log says why.',
  'out-of-memory': 'The machine refused the memory that PostgreSQL asked for.',
  'password-missing':
    'The data folder has lost the password file beside it: restore it or start with an empty folder.',
  'platform-unsupported':
    'There are no PostgreSQL binaries for this platform: use an external PostgreSQL instead.',
  'port-in-use': 'Another program listens on the port asked for: choose another one.',
  'start-failed': 'PostgreSQL did not start; its log says why.',
  'start-timeout': 'PostgreSQL did not become ready in time; its log says what it was doing.',
  'user-missing': 'PostgreSQL refuses to run as root and no user for it could be found or created.',
} as const;

export type EmbeddedDatabaseErrorCode = keyof typeof messages;

/** A fault that keeps the embedded database from running. Its message is one fixed sentence for a person. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
  readonly code: EmbeddedDatabaseErrorCode;

  constructor(code: EmbeddedDatabaseErrorCode, options?: { cause?: unknown }) {
    super(messages[code], options);
    this.code = code;
  }
}
