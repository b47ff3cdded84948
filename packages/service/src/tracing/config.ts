/** What a process's environment says about tracing, by the names that OpenTelemetry gives it. */
export interface TracingConfig {
  /** Whether `OTEL_EXPORTER_OTLP_ENDPOINT` names a collector; the exporter reads that and its kin by itself. */
  readonly isWanted: boolean;
  /** Share of the traces that are recorded: `OTEL_TRACES_SAMPLER_ARG`, 0 to 1; all where absent or no such number. */
  readonly share: number;
}

/** Reads what the environment says about tracing; nothing of it can keep a process from starting. */
export function readTracingConfig(environment: NodeJS.ProcessEnv = process.env): TracingConfig {
  const text = environment['OTEL_TRACES_SAMPLER_ARG'] ?? '';
  const share = Number(text);
  return {
    isWanted: (environment['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '') !== '',
    share: text !== '' && share >= 0 && share <= 1 ? share : 1,
  };
}
