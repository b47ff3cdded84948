const messages = {
  'exchange-closed': 'The exchange has been closed.',
  'exchange-failed': 'The exchange refused an operation for a reason that trying again does not cure.',
  'exchange-full': 'The exchange has no space left.',
  'exchange-unavailable': 'The exchange cannot be reached at present.',
  'offset-invalid': 'The topic has no such offset.',
  'participant-invalid': 'The id of the participant or of the instance is malformed, or it is the hub’s own.',
  'record-refused': 'A record is larger than the exchange takes, or malformed.',
  'scheme-unknown': 'The address of the exchange has a scheme for which there is no adapter.',
  'topic-forbidden': 'The topic does not exist, or this participant may not use it this way.',
  'topic-owned': 'Another member of the group reads this topic.',
} as const;

export type ExchangeErrorCode = keyof typeof messages;

export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code: ExchangeErrorCode;

  constructor(code: ExchangeErrorCode, options?: { cause?: unknown }) {
    super(messages[code], options);
    this.code = code;
  }

  /** Whether the same operation can succeed later without anybody changing it. */
  get isTransient(): boolean {
    return this.code === 'exchange-unavailable' || this.code === 'exchange-full';
  }
}
