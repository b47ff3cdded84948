import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../log.ts';
import { readTracingConfig } from './config.ts';
import { startTracing } from './start-tracing.ts';
import { noTracing } from './tracing.ts';

const run = promisify(execFile);

/** Modules of OpenTelemetry's SDK that a process has loaded when it has started tracing in this environment. */
async function loadedIn(environment: Readonly<Record<string, string>>): Promise<number> {
  const script = `
    import { registerHooks } from 'node:module';
    let loaded = 0;
    registerHooks({ load(url, context, next) { if (/opentelemetry.(sdk|exporter|otlp|core|semantic)/.test(url)) loaded += 1; return next(url, context); } });
    const { startTracing, silentLog } = await import('${new URL('../index.ts', import.meta.url).href}')
      .then(async (service) => ({ ...service, ...(await import('${new URL('./start-tracing.ts', import.meta.url).href}')) }));
    const { readTracingConfig } = await import('${new URL('./config.ts', import.meta.url).href}');
    const tracing = await startTracing({ service: 'test', config: readTracingConfig(), log: silentLog });
    await tracing.close();
    console.log(loaded);
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...environment },
  });
  return Number(stdout);
}

describe('without a collector', () => {
  test('nothing is recorded', async () => {
    expect(await startTracing({ service: 'test', config: readTracingConfig({}), log: silentLog })).toBe(
      noTracing,
    );
  });

  test("nothing of OpenTelemetry's SDK is loaded", async () => {
    expect(await loadedIn({})).toBe(0);
    expect(await loadedIn({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })).toBeGreaterThan(10);
  });
});

describe('the header of others', () => {
  const name = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  test.each([
    ['of a span', name, { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }],
    ['that is absent', undefined, null],
    ['that is empty', '', null],
    ['cut short', name.slice(0, 40), null],
    ['with more behind it', `${name} and more`, null],
    ['of no trace', '00-00000000000000000000000000000000-b7ad6b7169203331-01', null],
    ['with other letters', name.replaceAll('a', 'z'), null],
    ['of a length that nobody wants', '0'.repeat(100_000), null],
  ])('%s is read for what it is', async (_what, traceparent, place) => {
    const tracing = await startTracing({
      service: 'test',
      config: { isWanted: true, share: 1 },
      log: silentLog,
    });
    expect(tracing.readHeaders({ traceparent })).toEqual(place);
    await tracing.close();
  });
});

describe('with a collector that is gone', () => {
  test('recording costs no error, and closing takes no longer than a moment', async () => {
    const tracing = await startTracing({
      service: 'test',
      config: { isWanted: true, share: 1 },
      log: silentLog,
    });
    const place = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
    const subject = { kind: 'request', method: 'POST', route: '/v1/referrals', status: 201 } as const;
    for (let count = 0; count < 10_000; count += 1) {
      tracing.record({ subject, place, parent: null, links: [], startMs: 0, endMs: 1, failure: null });
    }
    const startedMs = performance.now();
    await tracing.close();
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});
