import type { IRouter } from 'express';
import type { Registry } from 'prom-client';
import { ProblemError } from '../problem.ts';
import type { ReadinessReport } from '../readiness.ts';

/** Adds `/livez` (the process answers) and `/readyz` (it can do its work). */
export function addHealthRoutes(app: IRouter, readiness: () => Promise<ReadinessReport>): void {
  app.get('/livez', (_req, res) => {
    res.json({ status: 'alive' });
  });
  app.get('/readyz', async (_req, res) => {
    const { ready, failed } = await readiness();
    if (!ready) {
      throw new ProblemError('not-ready', { detail: `Failing: ${failed.join(', ')}.`, retryAfterSeconds: 1 });
    }
    res.json({ status: 'ready' });
  });
}

/** Adds `/metrics` in the format of Prometheus. For a listener that only operators reach. */
export function addMetricsRoute(app: IRouter, registry: Registry): void {
  app.get('/metrics', async (_req, res) => {
    res.set('Content-Type', registry.contentType).send(await registry.metrics());
  });
}
