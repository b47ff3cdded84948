import { stringify } from 'yaml';
import { readOpenApi, readSchemas, type SchemaDocument } from './schema-files.ts';

/** Which part of a document is wanted, and where it answers. */
export interface BundleOptions {
  /** Address of the interface, with its major version; the document's own where absent. */
  readonly serverUrl?: string;
  /** Only operations with one of these tags: what one of several listeners answers. */
  readonly tags?: readonly string[];
}

type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Members of a schema file that would give what stands in another document a base of its own. */
const ofFile: ReadonlySet<string> = new Set(['$schema', '$id', '$defs']);

/** Takes what an OpenAPI document uses of the schema files into its components. */
function createCollector() {
  const files = readSchemas();
  const collected: Node = {};
  const sources = new Map<string, string>();

  const find = (file: string, fragment: string): Node => {
    const document = files.get(file);
    const name = /^\/\$defs\/([A-Za-z0-9]+)$/.exec(fragment)?.[1];
    const found = name === undefined ? document : (document?.['$defs'] as Node | undefined)?.[name];
    if (!isNode(found) || (name === undefined && fragment !== '')) {
      throw new TypeError(`no schema ${file}#${fragment}`);
    }
    return found;
  };

  const collect = (file: string, fragment: string): string => {
    const schema = find(file, fragment);
    const name = schema['title'];
    if (typeof name !== 'string') throw new TypeError(`no title at ${file}#${fragment}`);
    const source = `${file}#${fragment}`;
    const known = sources.get(name);
    if (known !== undefined && known !== source) throw new TypeError(`two schemas are called ${name}`);
    if (known === undefined) {
      sources.set(name, source);
      collected[name] = rewrite(
        Object.fromEntries(Object.entries(schema).filter(([member]) => !ofFile.has(member))),
        file,
      );
    }
    return `#/components/schemas/${name}`;
  };

  const place = (reference: string, file: string | null): string => {
    const [target = '', fragment = ''] = reference.split('#');
    if (target === '') return file === null ? reference : collect(file, fragment);
    return collect(target.replace(/^(\.\.\/schemas\/)?/, '').replace(/\.json$/, ''), fragment);
  };

  const rewrite = (node: unknown, file: string | null): unknown => {
    if (Array.isArray(node)) return node.map((one) => rewrite(one, file));
    if (!isNode(node)) return node;
    return Object.fromEntries(
      Object.entries(node).map(([name, value]) => [
        name,
        name === '$ref' && typeof value === 'string' ? place(value, file) : rewrite(value, file),
      ]),
    );
  };
  return { rewrite: (node: unknown) => rewrite(node, null), collected };
}

const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'patch']);

/** A path without the operations that have none of the tags; null where none is left. */
function selectOperations(path: Node, tags: readonly string[]): Node | null {
  const kept = Object.entries(path).filter(
    ([name, operation]) =>
      !methods.has(name) ||
      (isNode(operation) &&
        Array.isArray(operation['tags']) &&
        operation['tags'].some((tag) => tags.includes(String(tag)))),
  );
  return kept.some(([name]) => methods.has(name)) ? Object.fromEntries(kept) : null;
}

function selectPaths(paths: unknown, tags: readonly string[] | undefined): unknown {
  if (tags === undefined || !isNode(paths)) return paths;
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, item]) => {
      const selected = isNode(item) ? selectOperations(item, tags) : null;
      return selected === null ? [] : [[path, selected]];
    }),
  );
}

/**
 * An OpenAPI document that stands alone, as it is served: the schemas that it takes from `schemas/` stand among its own.
 * @param name as for `readOpenApi`, for example `submission-api`.
 * @throws TypeError where a reference leads nowhere, or two schemas have one title.
 */
export function bundleOpenApi(name: string, options: BundleOptions = {}): SchemaDocument {
  const document = readOpenApi(name);
  const { tags, serverUrl } = options;
  const { rewrite, collected } = createCollector();
  const components = rewrite(document['components']) as Node;
  const paths = rewrite(selectPaths(document['paths'], tags));
  const documented = document['tags'];
  const own = isNode(components['schemas']) ? components['schemas'] : {};
  const twice = Object.keys(collected).find((title) => title in own);
  if (twice !== undefined) throw new TypeError(`two schemas are called ${twice}`);
  return {
    ...document,
    ...(serverUrl !== undefined && { servers: [{ url: serverUrl }] }),
    ...(tags !== undefined &&
      Array.isArray(documented) && {
        tags: documented.filter((tag) => isNode(tag) && tags.includes(String(tag['name']))),
      }),
    paths,
    components: { ...components, schemas: { ...own, ...collected } },
  };
}

/** A document of ours as YAML. */
export function openApiToYaml(document: SchemaDocument): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}
