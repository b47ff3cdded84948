export type { RouterSecrets } from './config.ts';
export { createRouter } from './create-router.ts';
export type { RouterDeps } from './create-router.ts';
export { runRouter } from './run-router.ts';
