export { hubChannels } from './channels.ts';
export { createContentCipher } from './content-cipher.ts';
export type { ContentCipher, WrappedKey, WrappingKey } from './content-cipher.ts';
export { grantHubLogin } from './hub-login.ts';
export type { HubService } from './hub-login.ts';
export { appendEvents, createEventMaker } from './ledger-events.ts';
export type { EventDraft, EventMaker, PreparedEvent } from './ledger-events.ts';
export { migrateHub } from './migrate-hub.ts';
