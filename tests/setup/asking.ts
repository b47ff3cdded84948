import { addressesOf, type RunningLocal } from '@liaison/local';
import { newLocalId, signLocalReferral } from './local-messages.ts';

/** A request as it is sent. */
export interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request with what it was answered. */
export interface Answered {
  readonly sent: Sent;
  readonly status: number;
  readonly requestId: string;
  readonly text: string;
}

/** Asks the interfaces of a running Liaison, and keeps every answer. */
export interface Asking {
  readonly answers: readonly Answered[];
  readonly ask: (sent: Sent) => Promise<Answered>;
  readonly submit: (referral: object, senderId?: string) => Promise<Answered>;
  /** Acknowledges a dispatch at a contact point. */
  readonly acknowledge: (participantId: string, dispatchId: string, caseNumber: string) => Promise<Answered>;
}

/** Begins to ask; nothing has been answered yet. */
export function createAsking(local: RunningLocal): Asking {
  const { submissionApi, contactPoints } = addressesOf(local.ports);
  const answers: Answered[] = [];
  const ask = async (sent: Sent): Promise<Answered> => {
    const { url, ...init } = sent;
    const response = await fetch(url, init);
    const { status, headers } = response;
    const requestId = headers.get('x-request-id') ?? '';
    const answered = { sent, status, requestId, text: await response.text() };
    answers.push(answered);
    return answered;
  };
  const post = (url: string, contentType: string, body: string): Promise<Answered> =>
    ask({ url, method: 'POST', headers: { 'content-type': contentType }, body });
  return {
    answers,
    ask,
    async submit(referral, senderId = 'example-chat') {
      const jws = await signLocalReferral(local, referral, { senderId });
      return post(`${submissionApi}/v1/referrals`, 'application/jose', jws);
    },
    acknowledge(participantId, dispatchId, caseNumber) {
      const body = { kind: 'acknowledged', answerId: newLocalId(), caseNumber };
      const url = `${contactPoints}/${participantId}/v1/dispatches/${dispatchId}/answers`;
      return post(url, 'application/json', JSON.stringify(body));
    },
  };
}
