import type { ContentCipher } from '@liaison/hub-database';
import { CodedError } from '@liaison/service';

/** A stored message beside its wrapped key; null where one of them is gone. */
export interface SealedContent {
  readonly sealed: Uint8Array | null;
  readonly wrapping_key_id: string | null;
  readonly wrapped: Uint8Array | null;
}

/** A stored message, opened. */
export interface OpenedContent {
  readonly contentKey: Uint8Array;
  readonly text: string;
}

/** Opens a stored message. @throws CodedError `content-missing`, and those of the cipher. */
export function openContent(cipher: ContentCipher, messageId: string, content: SealedContent): OpenedContent {
  const { sealed, wrapping_key_id: wrappingKeyId, wrapped } = content;
  if (sealed === null || wrappingKeyId === null || wrapped === null)
    throw new CodedError('content-missing', 'A stored message or its key is gone.');
  const contentKey = cipher.unwrapKey({ wrappingKeyId, wrapped });
  return { contentKey, text: cipher.open(contentKey, messageId, sealed) };
}
