import type { SealCode } from './codes.ts';

/** A part of a compact message, or what an encrypted one holds. */
export type SealPart =
  'header' | 'payload' | 'signature' | 'encrypted-key' | 'iv' | 'ciphertext' | 'tag' | 'plaintext';

/** Why a message is refused. */
export interface SealFault {
  readonly code: SealCode;
  /**
   * Header member concerned. With `header-member-unknown` the name is the sender's own text:
   * for the caller, never for a log.
   */
  readonly member?: string;
  /** Part concerned, where the code alone does not say it. */
  readonly part?: SealPart;
}

/** A refusal, ready to be returned. */
export interface Refused {
  readonly ok: false;
  readonly fault: SealFault;
}

/** What an expected failure leaves instead of an exception. */
export type Sealed<T> = { readonly ok: true; readonly value: T } | Refused;

/** Makes the refusal of a code, with the place that it concerns. */
export function refuse(code: SealCode, at: Omit<SealFault, 'code'> = {}): Refused {
  return { ok: false, fault: { code, ...at } };
}

/** Thrown where the caller asks to seal what the profile forbids: a fault of the program, not of a sender. */
export class SealError extends Error {
  override readonly name = 'SealError';
  readonly code: SealCode;
  readonly fault: SealFault;

  constructor(fault: SealFault) {
    super('What was to be sealed does not follow the profile');
    this.code = fault.code;
    this.fault = fault;
  }
}
