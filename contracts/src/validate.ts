import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { faultsOf } from './faults-of.ts';
import type { components as ContactPointApi } from './generated/contact-point-api.d.ts';
import type {
  Decision,
  DeliveryReceipt,
  Directory,
  Dispatch,
  Fault,
  Feedback,
  LedgerEvent,
  Membership,
  Parcel,
  ReadRequest,
  Referral,
  RoutingPolicy,
  SubmissionReceipt,
} from './generated/messages.d.ts';
import type { components as SubmissionApi } from './generated/submission-api.d.ts';
import { openSchema } from './open-schema.ts';
import { openApiId, readOpenApi, readSchemas, schemaId } from './schema-files.ts';

/** The payload of every message, by its schema's name. */
export interface Messages {
  readonly referral: Referral;
  readonly 'submission-receipt': SubmissionReceipt;
  readonly request: ReadRequest;
  readonly parcel: Parcel;
  readonly decision: Decision;
  readonly dispatch: Dispatch;
  readonly 'delivery-receipt': DeliveryReceipt;
  readonly feedback: Feedback;
  readonly directory: Directory;
  readonly membership: Membership;
  readonly 'routing-policy': RoutingPolicy;
  readonly 'ledger-event': LedgerEvent;
}

/** Bodies that an HTTP interface takes or gives, by document and schema. */
export interface Bodies {
  readonly 'submission-api#Batch': SubmissionApi['schemas']['Batch'];
  readonly 'submission-api#BatchResult': SubmissionApi['schemas']['BatchResult'];
  readonly 'submission-api#Submission': SubmissionApi['schemas']['Submission'];
  readonly 'submission-api#ReferralStatus': SubmissionApi['schemas']['ReferralStatus'];
  readonly 'submission-api#ReferralStatusList': SubmissionApi['schemas']['ReferralStatusList'];
  readonly 'submission-api#FeedPage': SubmissionApi['schemas']['FeedPage'];
  readonly 'contact-point-api#Answer': ContactPointApi['schemas']['Answer'];
}

/** What validation found: the value with its type, or every fault. */
export type Validation<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] };

/** Whether to hold a message to the letter of its declared version, or to take what a later minor version adds. */
type Strictness = 'strict' | 'received';

function createAjv(strictness: Strictness): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    // Conditions (`if`, `then`) name members and limits whose type stands beside them, not inside them.
    strictTypes: false,
    strictRequired: false,
    strictTuples: false,
  });
  formats.default(ajv);
  // `components` is where the schemas of an OpenAPI document stand.
  ajv.addVocabulary(['x-data-class', 'components']);
  for (const schema of readSchemas().values())
    ajv.addSchema(strictness === 'strict' ? schema : openSchema(schema));
  return ajv;
}

const instances = new Map<Strictness, Ajv2020>();

function ajvFor(strictness: Strictness): Ajv2020 {
  const ajv = instances.get(strictness) ?? createAjv(strictness);
  instances.set(strictness, ajv);
  return ajv;
}

const compiled = new Map<string, ValidateFunction>();

/** Compiles on first use: a process pays only for the messages that it reads. */
function validatorAt(id: string, strictness: Strictness): ValidateFunction {
  const name = `${strictness} ${id}`;
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const validator = ajvFor(strictness).getSchema(id);
  if (validator === undefined) throw new TypeError(`no schema ${id}`);
  compiled.set(name, validator);
  return validator;
}

function check<T>(validator: ValidateFunction, value: unknown): Validation<T> {
  const typed: ValidateFunction<T> = validator as ValidateFunction<T>;
  if (typed(value)) return { ok: true, value };
  return { ok: false, faults: faultsOf(typed.errors ?? []) };
}

/**
 * Checks a decoded payload against the schema of its message.
 * @returns the value with its type, or all faults at once, each with its JSON Pointer.
 */
export function validateMessage<Name extends keyof Messages>(
  name: Name,
  value: unknown,
): Validation<Messages[Name]> {
  return check<Messages[Name]>(validatorAt(schemaId(`${name}.v1`), 'strict'), value);
}

/**
 * Checks a payload as its receiver does: members that a later minor version added are ignored, so that the hub can be
 * upgraded before its participants.
 */
export function validateReceived<Name extends keyof Messages>(
  name: Name,
  value: unknown,
): Validation<Messages[Name]> {
  return check<Messages[Name]>(validatorAt(schemaId(`${name}.v1`), 'received'), value);
}

/** Checks a body of an HTTP interface against a schema of its OpenAPI document. */
export function validateBody<Name extends keyof Bodies>(
  name: Name,
  value: unknown,
): Validation<Bodies[Name]> {
  const [document = '', schema = ''] = name.split('#');
  const id = openApiId(document);
  const ajv = ajvFor('strict');
  if (ajv.schemas[id] === undefined) {
    ajv.addSchema({ $id: id, components: readOpenApi(document)['components'] });
  }
  return check<Bodies[Name]>(validatorAt(`${id}#/components/schemas/${schema}`, 'strict'), value);
}
