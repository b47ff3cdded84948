import { setTimeout as sleep } from 'node:timers/promises';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
} from '@opentelemetry/api';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type IdGenerator,
} from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import type { Log } from '../log.ts';
import { describeSpan } from './otlp-attributes.ts';
import type { SpanDraft, SpanPlace, Tracing } from './tracing.ts';

const everyMs = 1_000;
const exportTimeoutMs = 5_000;
/** A process that stops waits no longer for a collector than this. */
const closeWithinMs = 800;
/** Spans that wait to be exported; more are dropped, so that a collector that is gone costs no memory. */
const maxWaiting = 4_096;
/** Of a record with as many dispatches as a parcel may hold, every one is linked. */
const maxLinks = 128;

const nowhere: SpanPlace = { traceId: '', spanId: '' };

/** Gives the next span, which is started in the same breath, the place that was derived for it. */
function createPlannedIds(): IdGenerator & { plan(place: SpanPlace): void } {
  let planned = nowhere;
  return {
    plan(place) {
      planned = place;
    },
    generateTraceId: () => planned.traceId,
    generateSpanId: () => planned.spanId,
  };
}

function toContext(place: SpanPlace | null, traceFlags = TraceFlags.SAMPLED): Context {
  if (place === null) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { ...place, traceFlags, isRemote: true });
}

/**
 * Records spans with OpenTelemetry's SDK and exports them as OTLP over HTTP. Whether a trace is recorded depends on its id
 * alone, so that all services record the same ones.
 * @param options `share` of the traces that are recorded, 0 to 1.
 */
export function createOtlpTracing(options: {
  readonly service: string;
  readonly share: number;
  readonly log: Log;
}): Tracing {
  const { service, share, log } = options;
  // Its own words name the collector's address, and may hold what that answered.
  setGlobalErrorHandler(() => {
    log.warn('spans-not-exported');
  });
  const ids = createPlannedIds();
  const sampler = new TraceIdRatioBasedSampler(share);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: `liaison-${service}` }),
    idGenerator: ids,
    sampler,
    spanLimits: { linkCountLimit: maxLinks },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ timeoutMillis: exportTimeoutMs }),
        scheduledDelayMillis: everyMs,
        exportTimeoutMillis: exportTimeoutMs,
        maxQueueSize: maxWaiting,
      }),
    ],
  });
  const tracer = provider.getTracer('liaison');
  const propagator = new W3CTraceContextPropagator();
  const flagsOf = ({ traceId }: SpanPlace): TraceFlags => {
    const { decision } = sampler.shouldSample(ROOT_CONTEXT, traceId);
    return decision === SamplingDecision.RECORD_AND_SAMPLED ? TraceFlags.SAMPLED : TraceFlags.NONE;
  };
  const record = (draft: SpanDraft, messagingSystem: string): void => {
    const { name, kind, attributes } = describeSpan(draft, messagingSystem);
    ids.plan(draft.place);
    const links = draft.links.map((place) => ({ context: { ...place, traceFlags: flagsOf(place) } }));
    const span = tracer.startSpan(
      name,
      { kind, attributes, links, startTime: new Date(draft.startMs) },
      toContext(draft.parent),
    );
    if (draft.failure !== null) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(new Date(draft.endMs));
  };
  const over = (messagingSystem: string): Tracing => ({
    isOn: true,
    record(draft) {
      record(draft, messagingSystem);
    },
    headersOf(place) {
      const headers: Record<string, string> = {};
      propagator.inject(toContext(place, flagsOf(place)), headers, defaultTextMapSetter);
      return headers;
    },
    readHeaders(headers) {
      const found = trace.getSpanContext(propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter));
      return found === undefined ? null : { traceId: found.traceId, spanId: found.spanId };
    },
    over,
    async close() {
      const closed = provider.shutdown().catch(() => {
        log.warn('spans-not-exported');
      });
      await Promise.race([closed, sleep(closeWithinMs, undefined, { ref: false })]);
    },
  });
  return over('');
}
