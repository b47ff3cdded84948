import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A registry of metrics with Node's own in it; labels are of low cardinality and hold no reference of a sender. */
export function createMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** An answer to an HTTP request, without its path. */
export interface ObservedAnswer {
  readonly method: string;
  readonly status: number;
  readonly durationMs: number;
}

const knownMethods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);

/** Those of OpenTelemetry's semantic conventions, seconds. */
export const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Adds how long requests took, by method and status, to a registry. @returns what observes one answer. */
export function createRequestMetrics(registry: Registry): (answer: ObservedAnswer) => void {
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'How long answers to HTTP requests took.',
    labelNames: ['http_request_method', 'http_response_status_code'],
    buckets: requestBuckets,
    registers: [registry],
  });
  return ({ method, status, durationMs }) => {
    const known = knownMethods.has(method) ? method : '_OTHER';
    duration.observe(
      { http_request_method: known, http_response_status_code: `${status}` },
      Math.max(0, durationMs) / 1_000,
    );
  };
}

/** Codes that say that a signature, or the key behind it, did not hold. */
const signatureCodes: ReadonlySet<string> = new Set([
  'key-expired',
  'key-not-valid',
  'key-not-yet-valid',
  'key-revoked',
  'key-unknown',
  'key-use-wrong',
  'kid-not-thumbprint',
  'signature-invalid',
]);

/**
 * Adds failed signatures, by code and by whom the message claims to be from, to a registry.
 * @returns what counts one: other codes are left out; the participant has to be one of the directory, or null.
 */
export function createSignatureMetrics(
  registry: Registry,
): (code: string, participantId: string | null) => void {
  const failures = new Counter({
    name: 'liaison_signature_failures_total',
    help: 'Messages whose signature or key did not hold; the participant is the one that they claim to be from.',
    labelNames: ['code', 'participant'],
    registers: [registry],
  });
  return (code, participantId) => {
    if (signatureCodes.has(code)) failures.inc({ code, participant: participantId ?? 'unknown' });
  };
}

/**
 * Adds when the directory at hand expires to a registry; the last one known is told on after it has, and 0 before there
 * was one.
 * @param currentExpiryMs milliseconds since 1970, null while there is none that holds.
 */
export function addDirectoryMetrics(registry: Registry, currentExpiryMs: () => number | null): void {
  const expiry = new Gauge({
    name: 'liaison_directory_expiry_timestamp_seconds',
    help: 'When the signed directory at hand expires, seconds since 1970.',
    registers: [],
    collect() {
      const expiryMs = currentExpiryMs();
      if (expiryMs !== null) this.set(expiryMs / 1_000);
    },
  });
  registry.registerMetric(expiry);
}

/**
 * Adds what contact points got that should not have come, by code, to a registry: every code, and again those that say that
 * a signature or its key did not hold. A transaction that is tried again counts again.
 * @param hubId everything that a contact point reads was written by the hub.
 * @returns what counts one.
 */
export function createSecurityMetrics(registry: Registry, hubId: string): (code: string) => void {
  const events = new Counter({
    name: 'liaison_security_events_total',
    help: 'What contact points got that should not have come, by code.',
    labelNames: ['code'],
    registers: [registry],
  });
  const countSignatureFailure = createSignatureMetrics(registry);
  return (code) => {
    events.inc({ code });
    countSignatureFailure(code, hubId);
  };
}
