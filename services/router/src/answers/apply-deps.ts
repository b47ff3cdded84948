import type { ContentCipher, EventMaker } from '@liaison/hub-database';
import type { SigningKey } from '@liaison/seal';
import type { AlarmDeps } from '../store/alarms.ts';

/** What applying an answer needs. */
export interface ApplyDeps extends AlarmDeps {
  readonly events: EventMaker;
  readonly cipher: ContentCipher;
  readonly hubId: string;
  readonly instance: string;
  /** Signs the hub's receipts for feedback. */
  readonly receiptKey: SigningKey;
}
