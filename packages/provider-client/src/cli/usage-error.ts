/** The command cannot be carried out as it was called; the message is one sentence for the person who called it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
