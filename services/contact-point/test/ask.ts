import { openApiId, readOpenApi, readSchemas, type SchemaDocument } from '@liaison/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';

/** An answer that was found to be one that the contract names for its operation. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A request, and the operation of the contract that it is of. */
export interface Request {
  readonly method?: 'get' | 'post';
  /** As the OpenAPI document writes it. */
  readonly path: string;
  readonly url: string;
  readonly init?: RequestInit;
}

const id = openApiId('contact-point-api');
const contract = readOpenApi('contact-point-api');

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

function at(pointer: readonly string[]): unknown {
  return pointer.reduce<unknown>((node, name) => (node as SchemaDocument | undefined)?.[name], contract);
}

/** Place of an answer's description: its own, or the shared one that it refers to. */
function placeOf({ path, method = 'get' }: Request, status: number): readonly string[] {
  const place = ['paths', path, method, 'responses', String(status)];
  const reference = at([...place, '$ref']);
  return typeof reference === 'string' ? reference.slice(2).split('/') : place;
}

/** Asks, and checks the answer against the OpenAPI document: status, headers, type and body. */
export async function ask<Body>(request: Request): Promise<Answer<Body>> {
  const method = (request.method ?? 'get').toUpperCase();
  const response = await fetch(request.url, { ...request.init, method });
  const { status, headers } = response;
  expect(Object.fromEntries(headers)).toMatchObject({
    'api-version': '1.0.0',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  const described = [...placeOf(request, status), 'content', type, 'schema'];
  expect([described, at(described)]).toEqual([described, expect.anything()]);
  const body: unknown = await response.json();
  const escaped = described.map((name) => name.replaceAll('/', '~1'));
  const validate = ajv.getSchema(`${id}#/${escaped.join('/')}`);
  expect([validate?.(body), validate?.errors]).toEqual([true, null]);
  return { status, headers, body: body as Body };
}
