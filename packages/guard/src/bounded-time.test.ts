import { describe, expect, it } from 'vitest';
import { createGuard } from './guard.ts';

const guard = createGuard();

function fill(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

/** As many identifiers as 128 KiB of JSON hold. */
function identifiersOf(type: string, value: string): unknown {
  const entry = { type, value, verified: 'no' };
  const most = Math.floor((128 * 1024) / (Buffer.byteLength(JSON.stringify(entry)) + 1));
  const persons = Array.from({ length: Math.ceil(most / 20) }, (_, index) => ({
    personId: `p${index}`,
    identifiers: Array.from({ length: Math.min(20, most - index * 20) }, () => entry),
  }));
  return { persons };
}

const units = [
  'A',
  'V',
  '/9j/',
  '/9j/4AAQ',
  'R0lG',
  '5',
  '%FF',
  '255,',
  '\\',
  '&#0000',
  'a.',
  'data:',
  'data:text/a',
];
const strange = ['a\u200b', 'a\u0301\u0302', 'ｆ', '0x', '\\u{0000', 'https://', 'a@b/', '=', '((((', 'a[.]'];

describe('the time for 128 KiB', () => {
  it.each([...units, ...strange])('of %j is bounded, as identifiers, names and one long note', (unit) => {
    const bodies = [
      identifiersOf('username', fill(unit, 254)),
      identifiersOf('declaredName', fill(unit, 254)),
      { note: { text: fill(unit, 128 * 1024), language: 'en' } },
    ];
    for (const body of bodies) {
      const times = Array.from({ length: 4 }, () => {
        const before = process.threadCpuUsage();
        guard.inspectReferral(body);
        const { user, system } = process.threadCpuUsage(before);
        return (user + system) / 1000;
      });
      // Processor time: others may use the machine. Measured: 4 to 55. A rule whose time grew with the square of its text would take minutes.
      expect(Math.min(...times)).toBeLessThan(150);
    }
  });
});
