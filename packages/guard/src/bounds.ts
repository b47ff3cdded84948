/** How much the guard lets through or looks at; the README says what each costs in hidden bytes. */
export const bounds = {
  /** UTF-8 bytes for each code point that a text may have: three serve every living script, four only signs. */
  bytesPerCodePoint: 3,
  /** UTF-8 bytes of all free text of one referral together. */
  freeTextBytes: 16 * 1024,
  /** UTF-16 units of all strings of one referral together: twice what a referral may have. */
  referralUnits: 256 * 1024,
  /** Units of text found inside an encoding that are searched in turn. */
  innerUnits: 64 * 1024,
  /** Shortest text inside an encoding that is worth searching in turn. */
  innerRun: 16,
  /** Findings of media after which a search of one path stops: enough to refuse it. */
  findings: 500,
  /** Invisible characters in one identifier: people do have a few in their names. */
  hiddenInIdentifier: 16,
  /** Longest fault pointer, as the contract has it. */
  pointerLength: 300,
} as const;
