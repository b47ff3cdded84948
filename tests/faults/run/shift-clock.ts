import { readFileSync } from 'node:fs';

const lookMs = 100;

/** Shifts this process's clock by what a file says, milliseconds; by nothing while there is no such file. */
export function shiftClock(file: string): void {
  const real = Date.now.bind(Date);
  let byMs = 0;
  const look = (): void => {
    try {
      byMs = Number(readFileSync(file, 'utf8'));
    } catch {
      byMs = 0;
    }
  };
  setInterval(look, lookMs).unref();
  // oxlint-disable-next-line no-extend-native -- a process of a test whose clock is wrong, as a machine's may be.
  Date.now = () => real() + byMs;
}
