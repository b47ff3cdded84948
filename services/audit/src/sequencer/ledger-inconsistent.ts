import { CodedError } from '@liaison/service';

/** In what way the stored log contradicts itself, or what was seen of it before. */
export type Inconsistency =
  /** There are leaves, and no checkpoint. */
  | 'checkpoint-missing'
  /** The latest checkpoint is not of as many leaves as there are. */
  | 'leaf-count-wrong'
  /** The note says something else than its row: another origin, size or root. */
  | 'note-mismatch'
  /** A leaf or subtree is not there. */
  | 'node-missing'
  /** The subtrees do not have the root that was signed. */
  | 'root-mismatch'
  /** The log is smaller than this process has seen it. */
  | 'log-rolled-back'
  /** The log is not the continuation of what this process has seen. */
  | 'log-forked'
  /** The note is not signed by the log's key. */
  | 'signature-wrong';

/** The alarm of the ledger: nothing is signed over it. Its cause says in what way. */
export type LedgerInconsistent = CodedError<'ledger-inconsistent'>;

/** Makes the error; the inconsistency is the code of its cause. */
export function ledgerInconsistent(how: Inconsistency): LedgerInconsistent {
  const cause = new CodedError(how, 'The stored log is not the one that was signed.');
  return new CodedError('ledger-inconsistent', 'The stored log is inconsistent.', { cause });
}

/** Whether anything thrown is the alarm of the ledger. */
export function isLedgerInconsistent(error: unknown): error is LedgerInconsistent {
  return error instanceof CodedError && error.code === 'ledger-inconsistent';
}
