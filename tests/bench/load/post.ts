import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** What the submission API said to one referral. */
export interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly referralId: string | null;
}

const maxConnections = 256;

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const body = JSON.parse(await text(response)) as { referralId?: string; code?: string };
  return {
    status: response.statusCode ?? 0,
    code: body.code ?? null,
    referralId: body.referralId ?? null,
  };
}

/** Connections to a submission API. */
export interface Connection {
  readonly post: (jws: string) => Promise<Answer>;
  close(): void;
}

/** Posts signed referrals over connections that are kept. */
export function createPost(submissionApi: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: maxConnections });
  const options = { agent, method: 'POST', headers: { 'content-type': 'application/jose' } };
  return {
    post: (jws) =>
      new Promise((resolve, reject) => {
        const posting = request(`${submissionApi}/v1/referrals`, options, (response) => {
          resolve(readAnswer(response));
        });
        posting.once('error', reject);
        posting.end(jws);
      }),
    close() {
      agent.destroy();
    },
  };
}
