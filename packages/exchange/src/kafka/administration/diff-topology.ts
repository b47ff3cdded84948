import type { AccessRule, Drift, TopicState, Topology } from './topology.ts';

/**
 * In what a Kafka differs from what was planned, in the order in which it is to be mended: topics, settings, rules.
 * What nobody declared is told as well: it is the dangerous kind.
 */
export function diffTopology(planned: Topology, found: Topology): Drift[] {
  const rules: Drift[] =
    found.rules === null ? [{ kind: 'rules-not-kept' }] : diffRules(planned.rules ?? [], found.rules);
  return [...diffTopics(planned.topics, found.topics), ...rules];
}

function diffTopics(planned: readonly TopicState[], found: readonly TopicState[]): Drift[] {
  const known = new Map(found.map((topic) => [topic.name, topic]));
  const declared = new Set(planned.map(({ name }) => name));
  const differences = planned.flatMap((topic): Drift[] => {
    const actual = known.get(topic.name);
    return actual === undefined ? [{ kind: 'topic-missing', topic }] : diffTopic(topic, actual);
  });
  const undeclared = found
    .filter(({ name }) => !declared.has(name))
    .map(({ name }) => ({ kind: 'topic-undeclared' as const, name }));
  return [...differences, ...undeclared];
}

function diffTopic({ name, partitions, settings }: TopicState, actual: TopicState): Drift[] {
  const drift: Drift[] =
    partitions === actual.partitions
      ? []
      : [{ kind: 'partitions-differ', name, declared: partitions, found: actual.partitions }];
  for (const [setting, declared] of Object.entries(settings)) {
    const found = actual.settings[setting] ?? null;
    if (found !== declared) drift.push({ kind: 'setting-differs', name, setting, declared, found });
  }
  return drift;
}

function diffRules(planned: readonly AccessRule[], found: readonly AccessRule[]): Drift[] {
  const declared = new Set(planned.map(keyOf));
  const known = new Set(found.map(keyOf));
  return [
    ...planned
      .filter((rule) => !known.has(keyOf(rule)))
      .map((rule) => ({ kind: 'rule-missing' as const, rule })),
    ...found
      .filter((rule) => !declared.has(keyOf(rule)))
      .map((rule) => ({ kind: 'rule-undeclared' as const, rule })),
  ];
}

function keyOf({ principal, resource, pattern, name, operation, special }: AccessRule): string {
  return JSON.stringify([principal, resource, pattern, name, operation, special]);
}
