import type { Log } from '../log.ts';
import type { TracingConfig } from './config.ts';
import { noTracing, type Tracing } from './tracing.ts';

/** Starts tracing where it is wanted; where not, nothing of OpenTelemetry's SDK is even loaded. */
export async function startTracing(options: {
  /** Name of the service, as its spans carry it. */
  readonly service: string;
  readonly config: TracingConfig;
  readonly log: Log;
}): Promise<Tracing> {
  const { service, config, log } = options;
  if (!config.isWanted) return noTracing;
  const { createOtlpTracing } = await import('./otlp-tracing.ts');
  return createOtlpTracing({ service, share: config.share, log });
}
