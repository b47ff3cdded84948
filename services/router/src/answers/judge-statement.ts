import type { LockedDispatch } from '../store/receipts.ts';
import type { Statement } from './read-statements.ts';
import { refusalRuleOf } from './refusal-rule.ts';

/**
 * What a statement comes to.
 * - `take`: delivered; it has the last word, whatever came before.
 * - `repack`, `park`: refused, and what is done about it.
 * - `note`: refused once more, with nothing left to do.
 * - `stray`: it speaks of other bytes than ours.
 * - `over`: said before, or after the last word.
 */
export type Verdict = 'take' | 'repack' | 'park' | 'note' | 'stray' | 'over';

/** After so many parcels that could not be opened, the same bytes once more would only be refused again. */
const maxSends = 3;

/**
 * Judges what a receipt says of a dispatch.
 * @param isRepeated whether the same parcel was answered before: a refusal counts once, however often it comes.
 */
export function judgeStatement(
  statement: Statement,
  dispatch: Pick<LockedDispatch, 'digest' | 'state' | 'attempts'>,
  isRepeated: boolean,
): Verdict {
  const { digest, refusal } = statement;
  const isOther = digest === null ? refusal === null : digest !== dispatch.digest;
  if (isOther) return 'stray';
  if (dispatch.state === 'receipted' || dispatch.state === 'cancelled') return 'over';
  if (refusal === null) return 'take';
  if (isRepeated) return 'over';
  if (dispatch.state === 'parked') return 'note';
  const { action } = refusalRuleOf(refusal);
  return action === 'repack' && dispatch.attempts < maxSends ? 'repack' : 'park';
}
