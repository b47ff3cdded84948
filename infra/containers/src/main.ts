import { runContainers } from './run-containers.ts';

process.exitCode = await runContainers(process.argv.slice(2));
