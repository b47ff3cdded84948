import { readReadinessUrl } from './config.ts';

// Ends with 0 where the service of this container is ready, as it says itself.
const isReady = await fetch(readReadinessUrl()).then(
  ({ ok }) => ok,
  () => false,
);
process.exitCode = isReady ? 0 : 1;
