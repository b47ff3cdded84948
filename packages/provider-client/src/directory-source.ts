import type { Membership } from '@liaison/contracts';
import { createDirectoryHolder, type DirectoryIndex } from '@liaison/directory';
import { ClientError } from './client-error.ts';
import type { Clock } from './clock.ts';
import { settle, type NotNow } from './http/not-now.ts';
import type { Transport } from './http/transport.ts';

/** The verified directory with its signed form, or why there is none now. */
export type DirectoryState =
  { readonly kind: 'current'; readonly directory: DirectoryIndex; readonly jws: string } | NotNow;

/** Serves the hub's directory, fetched when there is none and again when it has expired. */
export interface DirectorySource {
  /** @throws ClientError `directory-untrusted`, `answer-not-understood`. */
  current(): Promise<DirectoryState>;
  /** The newest one, for a key that the one held does not have. @throws as `current`. */
  refetch(): Promise<DirectoryState>;
}

/** Follows the directory of one installation; an older one than is held is never taken. */
export function createDirectorySource(deps: {
  readonly membership: Membership;
  readonly transport: Transport;
  readonly clock: Clock;
}): DirectorySource {
  const { membership, transport, clock } = deps;
  const holder = createDirectoryHolder(membership);
  const url = `${membership.submissionApi}/v1/directory`;
  let jws = '';
  let fetching: Promise<DirectoryState> | null = null;

  const held = (): DirectoryState | null => {
    const directory = holder.current(clock.nowMs());
    return directory === null ? null : { kind: 'current', directory, jws };
  };

  async function fetchOnce(): Promise<DirectoryState> {
    const answer = settle(await transport.send({ method: 'GET', url }));
    if (answer.kind === 'not-now') return answer;
    if (answer.status !== 200) throw new ClientError('answer-not-understood');
    const offer = await holder.offer(answer.text);
    if (offer.kind === 'refused') throw new ClientError('directory-untrusted', { reason: offer.code });
    if (offer.kind === 'taken') {
      if (offer.directory.document.hub !== membership.hub) {
        throw new ClientError('directory-untrusted', { reason: 'instance-wrong' });
      }
      jws = answer.text;
    }
    const { clockOffsetMs } = answer;
    return (
      held() ?? {
        kind: 'not-now',
        code: 'directory-not-current',
        afterMs: null,
        problem: null,
        clockOffsetMs,
      }
    );
  }

  async function refetch(): Promise<DirectoryState> {
    // Submissions that run at once share one fetch.
    fetching ??= fetchOnce().finally(() => {
      fetching = null;
    });
    return fetching;
  }

  return { refetch, current: async () => held() ?? refetch() };
}
