export type { AuditSecrets } from './config.ts';
export { createAudit } from './create-audit.ts';
export type { AuditDeps } from './create-audit.ts';
export type { LogKey } from './log-key/log-identity.ts';
export { runAudit } from './run-audit.ts';
