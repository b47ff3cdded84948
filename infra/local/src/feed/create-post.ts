import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** An answer of the submission API. */
interface Posted {
  readonly status: number;
  readonly text: string;
}

/** Posts one signed referral. Rejects where no answer came to its end. */
export type Post = (jws: string) => Promise<Posted>;

async function readPosted(response: IncomingMessage): Promise<Posted> {
  return { status: response.statusCode ?? 0, text: await text(response) };
}

/** More than a hub that keeps up ever needs at once. */
const maxConnections = 256;

/**
 * Makes what posts referrals, over connections that are kept: the load generator shares the machine with what it measures.
 * @param signal ends posting, also what is under way.
 */
export function createPost(submissionApi: string, signal: AbortSignal): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: maxConnections });
  signal.addEventListener(
    'abort',
    () => {
      agent.destroy();
    },
    { once: true },
  );
  const options = { agent, method: 'POST', headers: { 'content-type': 'application/jose' } };
  return (jws) =>
    new Promise((resolve, reject) => {
      const posting = request(`${submissionApi}/v1/referrals`, options, (response) => {
        resolve(readPosted(response));
      });
      posting.once('error', reject);
      posting.end(jws);
    });
}
