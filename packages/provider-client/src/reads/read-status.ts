import type { Problem, SubmissionApi } from '@liaison/contracts';
import { ClientError } from '../client-error.ts';
import type { NotNow } from '../http/not-now.ts';
import { readBody } from '../http/read-body.ts';
import { authorisedGet, type ReadDeps } from './authorised-get.ts';

/** What may be told of one of our own referrals. */
export type ReferralStatus = SubmissionApi['schemas']['ReferralStatus'];

/** Which referral: by the hub's id, or by our own reference. */
export type ReferralName = string | { readonly reference: string };

/** What came of asking for a status. */
export type StatusAnswer =
  | { readonly kind: 'found'; readonly status: ReferralStatus }
  /** There is none of ours under this name. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | {
      readonly kind: 'retry';
      readonly code: NotNow['code'];
      readonly afterMs: number;
      readonly problem?: Problem;
    };

function read<Name extends 'submission-api#ReferralStatus' | 'submission-api#ReferralStatusList'>(
  name: Name,
  text: string,
) {
  const body = readBody(name, text);
  if (body === undefined) throw new ClientError('answer-not-understood');
  return body;
}

function toAnswer(status: ReferralStatus | undefined): StatusAnswer {
  return status === undefined ? { kind: 'unknown' } : { kind: 'found', status };
}

/** Asks for the state of one referral; see `ProviderClient.status`. */
export async function readStatus(name: ReferralName, deps: ReadDeps): Promise<StatusAnswer> {
  const byId = typeof name === 'string';
  const path = byId ? `/v1/referrals/${encodeURIComponent(name)}` : '/v1/referrals';
  const query = new URLSearchParams(byId ? {} : { providerReference: name.reference });
  const answer = await authorisedGet(path, query, deps);
  switch (answer.kind) {
    case 'answered':
      return byId
        ? toAnswer(read('submission-api#ReferralStatus', answer.text))
        : toAnswer(read('submission-api#ReferralStatusList', answer.text).referrals[0]);
    case 'refused':
      return answer.problem.code === 'referral-unknown' ? { kind: 'unknown' } : answer;
    case 'not-now': {
      const { code, afterMs, problem } = answer;
      return { kind: 'retry', code, afterMs: afterMs ?? 0, ...(problem === null ? {} : { problem }) };
    }
    default:
      return answer satisfies never;
  }
}
