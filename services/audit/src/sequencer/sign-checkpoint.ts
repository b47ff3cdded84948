import { formatCheckpoint, signNote, type Checkpoint } from '@liaison/ledger';
import { formatUtc, type Clock } from '@liaison/service';
import type { LogIdentity } from '../log-key/log-identity.ts';
import { sha256 } from '../log-key/sha256.ts';
import type { StoredCheckpoint } from '../store/checkpoints.ts';

/** Signs a tree of the log (C2SP tlog-checkpoint). */
export async function signCheckpoint(
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
  { identity, clock }: { readonly identity: LogIdentity; readonly clock: Clock },
): Promise<StoredCheckpoint> {
  const text = formatCheckpoint({ origin: identity.origin, size, root });
  const note = await signNote({ text, signer: identity.signer, digest: sha256 });
  return { size, root, note, signedAt: formatUtc(clock.nowMs()) };
}
