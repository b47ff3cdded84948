export { formatUtc, systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { CodedError, codeOf, codesOf } from './coded-error.ts';
export { passPoint } from './fault-point.ts';
export type { ReachPoint } from './fault-point.ts';
export { addApiDocumentation } from './http/add-api-documentation.ts';
export type { ApiDocumentation } from './http/add-api-documentation.ts';
export { createHttpApp, refuseOtherMethods, requestIdOf } from './http/create-http-app.ts';
export type { HttpAppOptions } from './http/create-http-app.ts';
export { listenHttp } from './http/listen-http.ts';
export type { HttpListener } from './http/listen-http.ts';
export { addHealthRoutes, addMetricsRoute } from './http/operations.ts';
export { refuseForeignHosts } from './http/refuse-foreign-hosts.ts';
export { refuseForeignOrigins } from './http/refuse-foreign-origins.ts';
export { bodyOf, jsonBodyOf, readBody } from './http/read-body.ts';
export { createNewId } from './ids.ts';
export type { NewId, RandomBytes } from './ids.ts';
export { createLog, silentLog } from './log.ts';
export type { Log, LogFields, LogLevel } from './log.ts';
export { createExchangeMeasure, messagingSystemOf } from './messaging-metrics.ts';
export {
  addDirectoryMetrics,
  createMetrics,
  createRequestMetrics,
  createSecurityMetrics,
  createSignatureMetrics,
} from './metrics.ts';
export { ProblemError, toProblem } from './problem.ts';
export type { ProblemParts, RequestPlace } from './problem.ts';
export { readConfig } from './read-config.ts';
export { readJsonFile } from './read-json-file.ts';
export { createReadiness } from './readiness.ts';
export type { ReadinessChecks, ReadinessReport } from './readiness.ts';
export { spanPlaces } from './tracing/span-places.ts';
export type { TravellingDispatch } from './tracing/span-places.ts';
export { noTracing } from './tracing/tracing.ts';
export type { SpanDraft, SpanPlace, Tracing } from './tracing/tracing.ts';
export { runService } from './run-service.ts';
export type { ChildMessage, RunningService, ServiceProcess, SupervisorMessage } from './run-service.ts';
