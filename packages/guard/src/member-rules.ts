import { dataClasses, type DataClass, type SchemaDocument } from '@liaison/contracts';

/** What may stand in a text member. */
export type Treatment =
  /** Words: every rule applies. */
  | 'freeText'
  /** Open by nature or by pattern: identifiers, references, digests, addresses. Searched for media, alone and joined. */
  | 'open'
  /** An address of a host: sixteen bytes of its own, searched as bytes. */
  | 'ipAddress'
  /** One of a list, or a time: the schema has judged it. */
  | 'closed';

/** What the guard expects of a member, and of what it holds. */
export type MemberRule =
  | { readonly kind: 'object'; readonly path: string; readonly members: ReadonlyMap<string, MemberRule> }
  | { readonly kind: 'list'; readonly path: string; readonly entry: MemberRule }
  | { readonly kind: 'number' | 'boolean'; readonly path: string }
  | TextRule;

/** What the guard expects of a string. */
export interface TextRule {
  readonly kind: 'text';
  /** JSON Pointer with `*` for the entries of lists. */
  readonly path: string;
  readonly treatment: Treatment;
  readonly maxCodePoints: number | null;
}

type Schemas = ReadonlyMap<string, SchemaDocument>;

function isDocument(value: unknown): value is SchemaDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resolve(node: SchemaDocument, schemas: Schemas): SchemaDocument {
  const reference = node['$ref'];
  if (typeof reference !== 'string') return node;
  const [, file = '', name = ''] = /^([a-z0-9.-]+)\.json#\/\$defs\/([A-Za-z0-9]+)$/.exec(reference) ?? [];
  const definitions = schemas.get(file)?.['$defs'];
  const target = isDocument(definitions) ? definitions[name] : undefined;
  if (!isDocument(target)) throw new TypeError(`no definition ${reference}`);
  return { ...target, ...node };
}

function holdsAddress(node: SchemaDocument): boolean {
  return JSON.stringify(node['allOf'] ?? null).includes('"ipv6"');
}

function treatmentOf(node: SchemaDocument, dataClass: DataClass): Treatment {
  if (dataClasses[dataClass].guard === 'freeText') return 'freeText';
  if (holdsAddress(node)) return 'ipAddress';
  return 'enum' in node || 'const' in node || 'format' in node ? 'closed' : 'open';
}

function isDataClass(value: unknown): value is DataClass {
  return typeof value === 'string' && value in dataClasses;
}

function scalarRule(node: SchemaDocument, path: string, dataClass: DataClass): MemberRule {
  switch (node['type']) {
    case 'string': {
      const { maxLength } = node;
      const maxCodePoints = typeof maxLength === 'number' ? maxLength : null;
      return { kind: 'text', path, treatment: treatmentOf(node, dataClass), maxCodePoints };
    }
    case 'integer':
    case 'number':
      return { kind: 'number', path };
    case 'boolean':
      return { kind: 'boolean', path };
    default:
      throw new TypeError(`no rule for the type of ${path}`);
  }
}

/**
 * Derives from the referral's schema what the guard expects of each member.
 * @param schemas the schemas of `contracts/`, by file name without `.json`.
 * @throws TypeError where a member has no data class or no known type: a schema that the guard does not understand.
 */
export function deriveMemberRules(schemas: Schemas): MemberRule {
  const visit = (raw: SchemaDocument, path: string, inherited: DataClass | null): MemberRule => {
    const node = resolve(raw, schemas);
    const stated = node['x-data-class'];
    const dataClass = isDataClass(stated) ? stated : inherited;
    const { properties, items } = node;
    if (isDocument(properties)) {
      const members = Object.entries(properties).flatMap(([name, member]) =>
        isDocument(member) ? [[name, visit(member, `${path}/${name}`, dataClass)] as const] : [],
      );
      return { kind: 'object', path, members: new Map(members) };
    }
    if (isDocument(items)) return { kind: 'list', path, entry: visit(items, `${path}/*`, dataClass) };
    if (dataClass === null) throw new TypeError(`no data class at ${path}`);
    return scalarRule(node, path, dataClass);
  };
  const referral = schemas.get('referral.v1');
  if (referral === undefined) throw new TypeError('no schema referral.v1');
  return visit(referral, '', null);
}
