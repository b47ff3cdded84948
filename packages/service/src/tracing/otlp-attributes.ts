import { SpanKind, type Attributes } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import {
  ATTR_MESSAGING_BATCH_MESSAGE_COUNT,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_MESSAGE_CONVERSATION_ID,
  ATTR_MESSAGING_MESSAGE_ID,
  ATTR_MESSAGING_OPERATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_MESSAGING_SYSTEM,
} from '@opentelemetry/semantic-conventions/incubating';
import type { SpanDraft, SpanSubject } from './tracing.ts';

/** Messages are created one by one, sent as a record, and worked on by whom it was sent to. */
const messageKinds = {
  create: SpanKind.PRODUCER,
  send: SpanKind.CLIENT,
  process: SpanKind.CONSUMER,
} as const;

/** Name, kind and attributes of a span, by OpenTelemetry's semantic conventions. */
export interface DescribedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
}

function describeSubject(subject: SpanSubject, messagingSystem: string): DescribedSpan {
  switch (subject.kind) {
    case 'request':
      return {
        name: `${subject.method} ${subject.route}`,
        kind: SpanKind.SERVER,
        attributes: {
          [ATTR_HTTP_REQUEST_METHOD]: subject.method,
          [ATTR_HTTP_ROUTE]: subject.route,
          [ATTR_HTTP_RESPONSE_STATUS_CODE]: subject.status,
        },
      };
    case 'step':
      return {
        name: subject.name,
        kind: SpanKind.INTERNAL,
        attributes: {
          'liaison.referral.id': subject.referralId,
          'liaison.outcome': subject.outcome,
          ...(subject.dispatchId === null ? {} : { 'liaison.dispatch.id': subject.dispatchId }),
        },
      };
    case 'message':
      return {
        name: `${subject.name} ${subject.topic}`,
        kind: messageKinds[subject.operation],
        attributes: {
          [ATTR_MESSAGING_SYSTEM]: messagingSystem,
          [ATTR_MESSAGING_OPERATION_TYPE]: subject.operation,
          [ATTR_MESSAGING_OPERATION_NAME]: subject.name,
          [ATTR_MESSAGING_DESTINATION_NAME]: subject.topic,
          [ATTR_MESSAGING_MESSAGE_ID]: subject.messageId,
          ...(subject.referralId === null
            ? {}
            : { [ATTR_MESSAGING_MESSAGE_CONVERSATION_ID]: subject.referralId }),
          ...(subject.count === null ? {} : { [ATTR_MESSAGING_BATCH_MESSAGE_COUNT]: subject.count }),
        },
      };
    default:
      return subject satisfies never;
  }
}

/** Describes what a draft is about, with the code of what went wrong. */
export function describeSpan({ subject, failure }: SpanDraft, messagingSystem: string): DescribedSpan {
  const described = describeSubject(subject, messagingSystem);
  if (failure === null) return described;
  return { ...described, attributes: { ...described.attributes, [ATTR_ERROR_TYPE]: failure } };
}
