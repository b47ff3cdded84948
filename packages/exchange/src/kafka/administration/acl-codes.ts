import kafkajs from 'kafkajs';
import type { AclEntry, DescribeAclResource } from 'kafkajs';

import type { AccessRule, AclOperation, AclResource } from './topology.ts';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

const user = 'User:';
const anyHost = '*';
const resources: Readonly<Record<number, AclResource>> = {
  [AclResourceTypes.TOPIC]: 'topic',
  [AclResourceTypes.GROUP]: 'group',
  [AclResourceTypes.CLUSTER]: 'cluster',
};
const operations: Readonly<Record<number, AclOperation>> = {
  [AclOperationTypes.DESCRIBE]: 'describe',
  [AclOperationTypes.READ]: 'read',
  [AclOperationTypes.WRITE]: 'write',
};

/** The rules that Kafka tells of one resource. */
export function toAccessRules({
  resourceType,
  resourceName,
  resourcePatternType,
  acls,
}: DescribeAclResource): AccessRule[] {
  return acls.map(({ principal, host, operation, permissionType }) => {
    const resource = resources[resourceType] ?? 'other';
    const known = operations[operation] ?? 'other';
    const isOrdinary =
      permissionType === AclPermissionTypes.ALLOW &&
      host === anyHost &&
      principal.startsWith(user) &&
      known !== 'other' &&
      resource !== 'other';
    return {
      principal: principal.startsWith(user) ? principal.slice(user.length) : principal,
      resource,
      pattern: resourcePatternType === ResourcePatternTypes.PREFIXED ? 'prefixed' : 'literal',
      name: resourceName,
      operation: known,
      special: isOrdinary ? null : [resourceType, operation, permissionType, host].join('/'),
    };
  });
}

/* oxlint-disable typescript/no-unsafe-enum-assignment -- Kafka's own numbers, as it told them. */
/** A rule as Kafka takes it; also a special one, as it told it. */
export function toAclEntry(rule: AccessRule): AclEntry {
  const [resourceType, operation, permissionType, host] = rule.special?.split('/') ?? [];
  return {
    resourceType: Number(resourceType ?? keyOf(resources, rule.resource)),
    resourceName: rule.name,
    resourcePatternType:
      rule.pattern === 'prefixed' ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    principal: `${user}${rule.principal}`,
    host: host ?? anyHost,
    operation: Number(operation ?? keyOf(operations, rule.operation)),
    permissionType: Number(permissionType ?? AclPermissionTypes.ALLOW),
  };
}

function keyOf(names: Readonly<Record<number, string>>, name: string): number {
  return Number(Object.keys(names).find((key) => names[Number(key)] === name));
}
