import { runKafkaCommand } from './run-kafka-command.ts';

process.exitCode = await runKafkaCommand(process.argv.slice(2));
