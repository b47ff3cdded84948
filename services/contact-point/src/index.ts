export type { ContactPointEntry } from './config.ts';
export { createContactPoint, migrateContactPoint } from './create-contact-point.ts';
export type { ContactPoint, ContactPointDeps } from './create-contact-point.ts';
export { followDirectory } from './directory/follow-directory.ts';
export { runContactPoints } from './run-contact-points.ts';
