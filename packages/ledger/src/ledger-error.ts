const messages = {
  'details-not-canonical': 'The details are not the RFC 8785 form of a JSON object.',
  'frontier-wrong': 'The frontier does not fit the size of the tree.',
  'hash-length-wrong': 'A hash does not have 32 bytes.',
  'key-name-wrong': 'A key name is empty, or holds a space, a plus or a control character.',
  'node-missing': 'The storage did not return every node that was asked for.',
  'note-text-wrong': 'The text does not end in a newline, or holds a control character.',
  'origin-wrong': 'An origin is one line that is not empty.',
  'position-out-of-range': 'The position is not in the tree.',
  'public-key-length-wrong': 'A public key does not have 32 bytes.',
  'salt-length-wrong': 'A salt does not have 32 bytes.',
  'size-out-of-range': 'The size of a tree is a safe integer from 0, and a later one is never smaller.',
  'value-not-json': 'The value has no RFC 8785 form.',
} as const;

/** Which rule a caller broke. */
export type LedgerErrorCode = keyof typeof messages;

/** A fault of the caller or of its storage; what an outsider sends never throws, it gets a result with a code. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly code: LedgerErrorCode;

  constructor(code: LedgerErrorCode, options?: ErrorOptions) {
    super(messages[code], options);
    this.code = code;
  }
}
