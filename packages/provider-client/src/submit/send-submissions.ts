import type { Membership } from '@liaison/contracts';
import { ClientError } from '../client-error.ts';
import type { DirectorySource } from '../directory-source.ts';
import { settle } from '../http/not-now.ts';
import { isObject, parseJson } from '../http/parse-json.ts';
import type { Answered, Transport, Unreachable } from '../http/transport.ts';
import type { SendOnce } from './deliver.ts';
import { createAnswerJudge, toTryAgain, type JudgeAnswer } from './judge-answer.ts';
import type { Outgoing } from './outgoing.ts';
import type { Submitted } from './submitted.ts';

/** What sending needs. */
export interface SendDeps {
  readonly membership: Membership;
  readonly transport: Transport;
  readonly directories: DirectorySource;
  readonly signal: AbortSignal | undefined;
}

interface Exchange {
  readonly send: (messages: readonly Outgoing[]) => Promise<Answered | Unreachable>;
  /** Finds each message's own answer in that of the request. */
  readonly split: (messages: readonly Outgoing[], answer: Answered) => readonly Answered[];
}

/** Sends once, with a directory at hand: without one no receipt could be verified, so nothing is sent. */
function createSender({ membership, directories }: SendDeps, { send, split }: Exchange): SendOnce {
  const sendWith = async (messages: readonly Outgoing[], judge: JudgeAnswer): Promise<Submitted[]> => {
    const answer = settle(await send(messages));
    if (answer.kind === 'not-now') return messages.map((message) => toTryAgain(message, answer));
    const answers = split(messages, answer);
    return Promise.all(
      messages.map(async (message, index) => {
        const own = answers[index];
        if (own === undefined) throw new ClientError('answer-not-understood');
        return judge(message, own);
      }),
    );
  };
  return async (messages) => {
    const state = await directories.current();
    if (state.kind === 'not-now') return messages.map((message) => toTryAgain(message, state));
    const { directory } = state;
    return sendWith(messages, createAnswerJudge({ trust: membership, directories, directory }));
  };
}

/** `POST /v1/referrals`: one message. @throws ClientError of the directory, and `answer-not-understood`. */
export function sendSingly(deps: SendDeps): SendOnce {
  const { membership, transport, signal } = deps;
  const url = `${membership.submissionApi}/v1/referrals`;
  const headers = { 'Content-Type': 'application/jose' };
  return createSender(deps, {
    send: ([message]) => transport.send({ method: 'POST', url, headers, body: message?.jws ?? '', signal }),
    split: (messages, answer) => messages.map(() => answer),
  });
}

/** The answer to one entry, as if it had been submitted alone. */
function answerOf(entry: unknown, answer: Answered): Answered {
  if (!isObject(entry) || typeof entry['status'] !== 'number') throw new ClientError('answer-not-understood');
  const { status, submission, problem } = entry;
  return { ...answer, status, text: JSON.stringify(submission ?? problem ?? null) };
}

function splitBatch(messages: readonly Outgoing[], answer: Answered): readonly Answered[] {
  if (answer.status >= 400) return messages.map(() => answer);
  const body = parseJson(answer.text);
  const results: unknown = isObject(body) ? body['results'] : undefined;
  if (!Array.isArray(results) || results.length !== messages.length) {
    throw new ClientError('answer-not-understood');
  }
  return results.map((entry: unknown) => answerOf(entry, answer));
}

/** `POST /v1/referrals/_batch`: up to 100 messages, each judged by itself. @throws as `sendSingly`. */
export function sendTogether(deps: SendDeps): SendOnce {
  const { membership, transport, signal } = deps;
  const url = `${membership.submissionApi}/v1/referrals/_batch`;
  const headers = { 'Content-Type': 'application/json' };
  return createSender(deps, {
    send: (messages) => {
      const body = JSON.stringify({ referrals: messages.map(({ jws }) => jws) });
      return transport.send({ method: 'POST', url, headers, body, signal });
    },
    split: splitBatch,
  });
}
