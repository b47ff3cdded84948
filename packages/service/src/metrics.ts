import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry of metrics with Node's own in it; labels are of low cardinality and hold no reference of a sender. */
export function createMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}
