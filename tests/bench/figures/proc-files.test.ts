import { expect, test } from 'vitest';
import { parsePeakResidentMb, parseShareMb, parseStat } from './proc-files.ts';

const rest =
  'S 41 42 42 0 -1 4194560 1861 5000 0 3 120 30 7 2 20 0 1 0 9000 231000000 4100 18446744073709551615';

test('processor time of a process and of its ended children is read apart, ticks as milliseconds', () => {
  expect(parseStat(`42 (postgres) ${rest}`)).toEqual({
    pid: 42,
    parentPid: 41,
    cpuMs: 1500,
    endedChildrenCpuMs: 90,
  });
});

test('a name with brackets and spaces moves no field', () => {
  expect(parseStat(`42 (a) b (c d) ${rest}`)).toEqual(parseStat(`42 (postgres) ${rest}`));
});

test('what is no stat file is refused', () => {
  expect(() => parseStat('no such process')).toThrow(TypeError);
});

test('memory is read in megabytes, and what is not said is 0', () => {
  const status = 'VmPeak:\t  900000 kB\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n';
  expect(parsePeakResidentMb(status)).toBe(200);
  expect(parsePeakResidentMb('Name:\tnode\n')).toBe(0);
  expect(parseShareMb('Rss:              4096 kB\nPss:              1536 kB\nPss_Dirty: 12 kB\n')).toBe(1.5);
});
