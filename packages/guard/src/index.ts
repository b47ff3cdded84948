export { createGuard } from './guard.ts';
export type { Guard } from './guard.ts';
