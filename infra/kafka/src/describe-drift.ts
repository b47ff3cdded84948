import type { Drift } from '@liaison/exchange';

/** What differs, in a line for a person. */
export function describeDrift(drift: Drift): string {
  switch (drift.kind) {
    case 'topic-missing':
      return `missing     topic ${drift.topic.name}`;
    case 'topic-undeclared':
      return `undeclared  topic ${drift.name}: somebody has to remove it, or to name its participant`;
    case 'partitions-differ':
      return `differs     topic ${drift.name} has ${drift.found} partitions instead of ${drift.declared}: it has to be made anew`;
    case 'setting-differs':
      return `differs     topic ${drift.name} ${drift.setting}=${drift.found ?? 'unset'}, declared ${drift.declared}`;
    case 'rules-not-kept':
      return 'UNGUARDED   this Kafka keeps no access rules: everybody may do everything';
    case 'rule-missing':
      return `missing     ${describeRule(drift.rule)}`;
    case 'rule-undeclared':
      return `UNDECLARED  ${describeRule(drift.rule)}`;
    default:
      return drift satisfies never;
  }
}

type Rule = Extract<Drift, { kind: 'rule-missing' }>['rule'];

function describeRule({ principal, operation, resource, pattern, name, special }: Rule): string {
  const what = `${resource} ${name}${pattern === 'prefixed' ? '*' : ''}`;
  return `${principal} may ${operation} ${what}${special === null ? '' : ` (as Kafka tells it: ${special})`}`;
}
