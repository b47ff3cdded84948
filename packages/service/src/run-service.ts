import { CodedError, codesOf } from './coded-error.ts';
import { createLog, type Log, type LogLevel } from './log.ts';
import { readTracingConfig } from './tracing/config.ts';
import { startTracing } from './tracing/start-tracing.ts';
import { noTracing, type Tracing } from './tracing/tracing.ts';

/** A service that runs. */
export interface RunningService {
  /** Where it answers, by name: for people and for a supervisor. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Stops taking work, finishes what it has begun, and lets go of everything. */
  close(): Promise<void>;
}

/** Messages between a supervisor and its children. */
export type ChildMessage =
  | { readonly kind: 'ready'; readonly addresses: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly codes: readonly string[] }
  | { readonly kind: 'usage'; readonly maxRssKb: number; readonly cpuMs: number };
export type SupervisorMessage = { readonly kind: 'usage' };

/** A service as a process. */
export interface ServiceProcess<Config> {
  readonly name: string;
  /** Reads its configuration. What is wrong with it is told like any other failure. */
  readonly readConfig: () => Config;
  readonly start: (config: Config, log: Log, tracing: Tracing) => Promise<RunningService>;
}

const closeWithinMs = 2_300;

function isUsageRequest(message: unknown): message is SupervisorMessage {
  return typeof message === 'object' && message !== null && (message as { kind?: unknown }).kind === 'usage';
}

function tellSupervisor(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

function answerUsage(message: unknown): void {
  if (!isUsageRequest(message)) return;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  tellSupervisor({ kind: 'usage', maxRssKb: maxRSS, cpuMs: (userCPUTime + systemCPUTime) / 1000 });
}

/**
 * Runs one service as a process: starts it, tells a supervisor where it answers, and ends it on SIGTERM, on SIGINT, or
 * when the channel to the supervisor closes, so that no child outlives its supervisor.
 */
export async function runService<Config extends { readonly environment: { readonly LOG_LEVEL: LogLevel } }>(
  service: ServiceProcess<Config>,
): Promise<void> {
  let log = createLog({ service: service.name, level: 'info' });
  let running: RunningService | undefined;
  let tracing = noTracing;
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { reason });
    setTimeout(() => {
      log.error('stop-took-too-long');
      process.exit(1);
    }, closeWithinMs).unref();
    const close = async (): Promise<void> => {
      await running?.close();
      await tracing.close();
    };
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('stop-failed', { codes: codesOf(error) });
        process.exit(1);
      },
    );
  };
  const fail = (event: string) => (error: unknown) => {
    // Of our own errors the words are fixed, and say what is wrong and where.
    log.error(event, {
      codes: codesOf(error),
      ...(error instanceof CodedError && { reason: error.message }),
    });
    tellSupervisor({ kind: 'failed', codes: codesOf(error) });
    process.exit(1);
  };
  process.on('SIGTERM', () => {
    stop('SIGTERM');
  });
  process.on('SIGINT', () => {
    // A terminal sends Ctrl-C to every process of the group; with a supervisor it is the supervisor who ends us.
    if (!process.connected) stop('SIGINT');
  });
  process.on('disconnect', () => {
    stop('supervisor-gone');
  });
  process.on('message', answerUsage);
  process.on('uncaughtException', fail('uncaught-exception'));
  process.on('unhandledRejection', fail('unhandled-rejection'));
  try {
    const config = service.readConfig();
    log = createLog({ service: service.name, level: config.environment.LOG_LEVEL });
    tracing = await startTracing({ service: service.name, config: readTracingConfig(), log });
    running = await service.start(config, log, tracing);
    log.info('ready', running.addresses);
    tellSupervisor({ kind: 'ready', addresses: running.addresses });
  } catch (error) {
    fail('start-failed')(error);
  }
}
