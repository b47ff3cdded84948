import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { diffTopology } from './diff-topology.ts';
import { planTopology } from './plan-topology.ts';
import type { Drift, Topology, TopologyDeclaration } from './topology.ts';

const file = new URL('../../../../../infra/kafka/exchange.json', import.meta.url);
const declaration = JSON.parse(readFileSync(file, 'utf8')) as TopologyDeclaration;
const plans = fc.record({
  instance: fc.constantFrom('demo', 'demo2'),
  participants: fc.uniqueArray(fc.constantFrom('le-be', 'le-de', 'le-fr', 'europol')),
  brokers: fc.integer({ min: 1, max: 5 }),
});

/** What a Kafka holds when everything told has been mended. */
function mend(found: Topology, drift: readonly Drift[]): Topology {
  let { topics, rules } = found;
  for (const one of drift) {
    switch (one.kind) {
      case 'topic-missing':
        topics = [...topics, one.topic];
        break;
      case 'setting-differs':
        topics = topics.map((topic) =>
          topic.name === one.name
            ? { ...topic, settings: { ...topic.settings, [one.setting]: one.declared } }
            : topic,
        );
        break;
      case 'partitions-differ':
        topics = topics.map((topic) =>
          topic.name === one.name ? { ...topic, partitions: one.declared } : topic,
        );
        break;
      case 'topic-undeclared':
        topics = topics.filter(({ name }) => name !== one.name);
        break;
      case 'rule-missing':
        rules = [...(rules ?? []), one.rule];
        break;
      case 'rule-undeclared':
        rules = rules?.filter((rule) => rule !== one.rule) ?? null;
        break;
      case 'rules-not-kept':
        break;
      default:
        one satisfies never;
    }
  }
  return { topics, rules };
}

test('a Kafka that is as planned differs in nothing', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const planned = planTopology(declaration, plan);
      expect(diffTopology(planned, planned)).toEqual([]);
    }),
  );
});

test('whatever a Kafka held, once what differs is mended it differs in nothing', () => {
  fc.assert(
    fc.property(plans, plans, fc.nat(9), (before, after, oddity) => {
      const found = planTopology(declaration, before);
      const odd: Topology = {
        topics: found.topics.map((topic, index) =>
          index === oddity ? { ...topic, partitions: 2, settings: { 'retention.ms': '1' } } : topic,
        ),
        rules: (found.rules ?? []).map((rule, index) =>
          index === oddity ? { ...rule, operation: 'other' } : rule,
        ),
      };
      const planned = planTopology(declaration, after);
      expect(diffTopology(planned, mend(odd, diffTopology(planned, odd)))).toEqual([]);
    }),
  );
});

test('a participant may do five things, and nothing with what is somebody else’s', () => {
  const { rules } = planTopology(declaration, {
    instance: 'demo',
    participants: ['le-be', 'le-de'],
    brokers: 3,
  });
  const own = (rules ?? []).filter(({ principal }) => principal === 'demo.le-be');
  expect(
    own.map(({ resource, pattern, name, operation }) => `${resource} ${pattern} ${name} ${operation}`),
  ).toEqual([
    'topic literal liaison.demo.to.le-be describe',
    'topic literal liaison.demo.to.le-be read',
    'topic literal liaison.demo.from.le-be describe',
    'topic literal liaison.demo.from.le-be write',
    'group literal liaison.demo.le-be read',
  ]);
});

test('with fewer brokers there are fewer replicas, and no more of them have to be in sync', () => {
  const [topic] = planTopology(declaration, { instance: 'demo', participants: ['le-be'], brokers: 1 }).topics;
  expect(topic).toMatchObject({ replicas: 1, settings: { 'min.insync.replicas': '1' } });
});

test('where the brokers keep no rules, that is told, and nothing else about rules', () => {
  const planned = planTopology(declaration, { instance: 'demo', participants: ['le-be'], brokers: 1 });
  expect(diffTopology(planned, { ...planned, rules: null })).toEqual([{ kind: 'rules-not-kept' }]);
});
