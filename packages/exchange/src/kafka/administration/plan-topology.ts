import { topicFrom, topicTo } from '@liaison/contracts';

import type { AccessRule, DeclaredRole, Topology, TopologyDeclaration } from './topology.ts';

export interface TopologyPlan {
  readonly instance: string;
  /** Ids of those who have a place in the exchange, the hub apart. */
  readonly participants: readonly string[];
  /** Brokers that there are: no more replicas than that. */
  readonly brokers: number;
}

/** What a Kafka has to hold for one instance and its participants, by the declaration. */
export function planTopology(declaration: TopologyDeclaration, plan: TopologyPlan): Topology {
  const { instance, participants } = plan;
  const replicas = Math.min(declaration.topics.replicas, plan.brokers);
  const settings = {
    ...declaration.topics.settings,
    // A topic cannot have more replicas in sync than it has.
    'min.insync.replicas': String(
      Math.min(Number(declaration.topics.settings['min.insync.replicas'] ?? 1), replicas),
    ),
  };
  const names = participants.flatMap((id) => [topicTo(instance, id), topicFrom(instance, id)]);
  return {
    topics: names.map((name) => ({ name, partitions: declaration.topics.partitions, replicas, settings })),
    rules: [
      ...rulesOf(declaration.hub, { instance, participant: '' }),
      ...participants.flatMap((participant) => rulesOf(declaration.participant, { instance, participant })),
    ],
  };
}

function rulesOf(role: DeclaredRole, values: { instance: string; participant: string }): AccessRule[] {
  const fill = (text: string) =>
    text.replaceAll('{instance}', values.instance).replaceAll('{participant}', values.participant);
  return role.rules.flatMap(({ resource, name, prefix, operations }) =>
    operations.map((operation) => ({
      principal: fill(role.principal),
      resource,
      pattern: prefix === undefined ? ('literal' as const) : ('prefixed' as const),
      name: fill(prefix ?? name ?? ''),
      operation,
      special: null,
    })),
  );
}
