import type { DirectoryHolder } from '@liaison/directory';
import type { SigningKey } from '@liaison/seal';
import type { SealDeps } from '../dispatch/seal-dispatch.ts';
import type { AlarmDeps } from '../store/alarms.ts';
import type { ReadGoverning } from '../store/governing.ts';

/** What applying an answer needs. */
export interface ApplyDeps extends AlarmDeps, SealDeps {
  readonly holder: DirectoryHolder;
  readonly readGoverning: ReadGoverning;
  /** Signs the hub's receipts for feedback. */
  readonly receiptKey: SigningKey;
}
