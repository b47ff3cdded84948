import type { Membership } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import { UsageError } from './usage-error.ts';
import { whatToDo } from './what-to-do.ts';

/**
 * Finds out from the directory, before anything is sent, what the hub would refuse every referral for.
 * @throws UsageError `sender-unknown`, `key-unknown`, `key-not-valid`, `key-revoked`.
 */
export function checkSender(
  { participantId, instance }: Membership,
  kid: string,
  context: { readonly directory: DirectoryIndex; readonly nowMs: number },
): void {
  const { directory, nowMs } = context;
  if (directory.participant(participantId) === undefined) {
    const message = `The membership of ${participantId} at installation "${instance}" has ended or never began: ask the hub to register you.`;
    throw new UsageError('sender-unknown', message);
  }
  const key = directory.key(participantId, kid);
  if (key === undefined) {
    throw new UsageError(
      'key-unknown',
      `The hub has no key ${kid} of ${participantId}. ${whatToDo('key-unknown')}`,
    );
  }
  if (key.revoked !== null) {
    throw new UsageError(
      'key-revoked',
      `Your key was withdrawn on ${key.revoked.at}. ${whatToDo('key-revoked')}`,
    );
  }
  if (Date.parse(key.notAfter) < nowMs) {
    throw new UsageError(
      'key-not-valid',
      `Your membership's key expired on ${key.notAfter}. ${whatToDo('key-not-valid')}`,
    );
  }
  if (Date.parse(key.notBefore) > nowMs) {
    const message = `Your key is valid only from ${key.notBefore}: wait until then, or set this machine's clock right.`;
    throw new UsageError('key-not-valid', message);
  }
}
