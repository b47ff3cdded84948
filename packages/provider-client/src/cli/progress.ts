import type { Clock } from '../clock.ts';
import type { Terminal } from './terminal.ts';
import { describeSpan } from './words.ts';

/** Shows a person how far a long command is. */
export interface Progress {
  /** So many more are done. */
  advance(count: number): void;
  /** Says why nothing moves for a while. */
  wait(ms: number): void;
  /** Takes the bar away while results are printed, for both may be the same terminal. */
  hide(): void;
  show(): void;
}

const barWidth = 24;
/** Below, a speed says nothing. */
const settledMs = 2_000;

function drawBar(done: number, total: number): string {
  const filled = Math.floor((done / Math.max(total, 1)) * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
}

/**
 * Makes the bar of a command; silent where the standard error is no terminal.
 * @param total null where nobody knows it.
 */
export function createProgress(
  { draw }: Pick<Terminal, 'draw'>,
  options: { readonly total: number | null; readonly clock: Clock },
): Progress {
  const { total, clock } = options;
  const startedMs = clock.nowMs();
  let done = 0;
  let note = '';
  const remaining = (): string => {
    const elapsedMs = clock.nowMs() - startedMs;
    if (total === null || done === 0 || elapsedMs < settledMs) return '';
    return `  ${describeSpan((elapsedMs / done) * (total - done))} to go`;
  };
  const show = (): void => {
    const amount =
      total === null ? `${done} referrals` : `${drawBar(done, total)} ${done} of ${total}${remaining()}`;
    draw?.(`${amount}${note}`);
  };
  const hide = (): void => draw?.('');
  return {
    hide,
    show,
    advance(count) {
      done += count;
      note = '';
    },
    wait(ms) {
      note = `  waiting ${describeSpan(ms)} for the hub`;
      show();
    },
  };
}
