import type { ContactPointApi, Problem } from '@liaison/contracts';
import { ask, type Answer } from './ask.ts';
import type { SignChanges, Signed } from './sign-as-hub.ts';
import type { StartedContactPoint } from './start-contact-point.ts';

type Schemas = ContactPointApi['schemas'];

/** What the interface answers: what was asked for, or a problem. */
export type Told<Name extends keyof Schemas> = Partial<Schemas[Name]> & Partial<Problem>;

/** Lists the inbox. */
export async function list({ origin }: StartedContactPoint, query = ''): Promise<Answer<Told<'InboxPage'>>> {
  return ask({ path: '/dispatches', url: `${origin}/v1/dispatches${query}` });
}

/** Opens a dispatch. */
export async function open(
  { origin }: StartedContactPoint,
  dispatchId: string,
): Promise<Answer<Told<'OpenedDispatch'>>> {
  return ask({ path: '/dispatches/{dispatchId}', url: `${origin}/v1/dispatches/${dispatchId}` });
}

/** Posts a body to a dispatch's answers, as it is. */
export async function postAnswer(
  { origin }: StartedContactPoint,
  dispatchId: string,
  init: RequestInit,
): Promise<Answer<Told<'QueuedAnswer'>>> {
  const url = `${origin}/v1/dispatches/${dispatchId}/answers`;
  return ask({ method: 'post', path: '/dispatches/{dispatchId}/answers', url, init });
}

/** Answers a dispatch; under a new id where none is given. */
export async function answer(
  started: StartedContactPoint,
  dispatchId: string,
  content: object,
): Promise<Answer<Told<'QueuedAnswer'>>> {
  return postAnswer(started, dispatchId, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answerId: started.newId(), ...content }),
  });
}

/** Has the hub deliver a dispatch. */
export async function receive({ hub }: StartedContactPoint, changes?: SignChanges): Promise<Signed> {
  const signed = await hub.signDispatch(changes);
  await hub.deliver(await hub.sealParcel([signed.jws]));
  return signed;
}
