/** What the process ends with; `liaison --help` says the same. */
export const exitCodes = {
  done: 0,
  /** Something was refused, is invalid, or does not prove what it should. */
  refused: 1,
  /** The command was called wrongly, or a file cannot be used. */
  usage: 2,
  /** The hub or the log could not be reached or could not answer: try again. */
  unreachable: 3,
  /** This program itself is at fault. */
  internal: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
