export { clearOrphan } from './clear-orphan.ts';
export type { ClearOrphanOptions } from './clear-orphan.ts';
export { EmbeddedDatabaseError } from './embedded-database-error.ts';
export type { EmbeddedDatabaseErrorCode } from './embedded-database-error.ts';
export { startDatabase } from './start-database.ts';
export type { EmbeddedDatabase, StartDatabaseOptions } from './start-database.ts';
export type { Settings } from './settings.ts';
export type { ProcessIdentity } from './process-identity.ts';
export { identifyProcess, isSameProcess } from './processes.ts';
