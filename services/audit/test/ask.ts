import { openApiId, readOpenApi, readSchemas, type SchemaDocument } from '@liaison/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';

/** An answer that was found to be one that the contract names. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Undefined where it is not JSON. */
  readonly body: unknown;
}

const id = openApiId('audit-api');
const contract = readOpenApi('audit-api');

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    strictTypes: false,
    strictRequired: false,
  });
  formats.default(ajv);
  ajv.addVocabulary(['x-data-class', 'components', 'paths']);
  for (const schema of readSchemas().values()) ajv.addSchema(schema);
  const { components, paths } = contract;
  return ajv.addSchema({ $id: id, components, paths });
}

const ajv = createAjv();

function at(document: unknown, pointer: readonly string[]): unknown {
  return pointer.reduce<unknown>((node, name) => (node as SchemaDocument | undefined)?.[name], document);
}

/** Place of an answer's description: its own, or the shared one that it refers to. */
function placeOf(path: string, status: number): readonly string[] {
  const place = ['paths', path, 'get', 'responses', String(status)];
  const reference = at(contract, [...place, '$ref']);
  return typeof reference === 'string' ? reference.slice(2).split('/') : place;
}

/** Gets an address of the interface, and checks the answer against the OpenAPI document: status, type and body. */
export async function ask(origin: string, target: string): Promise<Answer> {
  const response = await fetch(`${origin}/v1${target}`);
  const { status } = response;
  const text = await response.text();
  const [path = ''] = target.split('?');
  const place = placeOf(path, status);
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  expect(response.headers.get('api-version')).toBe('1.0.0');
  const described = [...place, 'content', type, 'schema'];
  expect([described, at(contract, described)]).toEqual([described, expect.anything()]);
  if (!type.endsWith('/json') && !type.endsWith('+json')) return { status, text, body: undefined };
  const body: unknown = JSON.parse(text);
  const escaped = described.map((name) => name.replaceAll('/', '~1'));
  const validate = ajv.getSchema(`${id}#/${escaped.join('/')}`);
  expect([validate?.(body), validate?.errors]).toEqual([true, null]);
  return { status, text, body };
}
