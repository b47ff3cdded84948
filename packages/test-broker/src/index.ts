export { administratorName, findBroker, mustSkip, startJars } from './find-broker.ts';
export type { FoundBroker } from './find-broker.ts';
export type { AdministratorTls } from './config.ts';
