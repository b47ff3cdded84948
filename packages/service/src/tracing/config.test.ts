import { expect, test } from 'vitest';
import { readTracingConfig } from './config.ts';

const url = 'http://127.0.0.1:4318';

test.each([
  ['nothing', {}, false, 1],
  ['an empty address', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false, 1],
  ['a collector', { OTEL_EXPORTER_OTLP_ENDPOINT: url }, true, 1],
  ['a share', { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_SAMPLER_ARG: '0.25' }, true, 0.25],
  ['no share at all', { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_SAMPLER_ARG: '0' }, true, 0],
  ['an empty share', { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_SAMPLER_ARG: '' }, true, 1],
  ['more than all', { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_SAMPLER_ARG: '2' }, true, 1],
  ['no number', { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_SAMPLER_ARG: 'half' }, true, 1],
])('an environment that names %s is understood', (_what, environment, isWanted, share) => {
  expect(readTracingConfig(environment)).toEqual({ isWanted, share });
});
