export type { LocalOptions } from './options.ts';
export type { Entries } from './processes/child-specs.ts';
export type { SupervisedChild } from './processes/child.ts';
export { startLocal } from './start-local.ts';
export type { RunningLocal, StartDeps } from './start-local.ts';
