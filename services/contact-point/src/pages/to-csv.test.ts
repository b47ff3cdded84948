import { expect, test } from 'vitest';
import { toCsv } from './to-csv.ts';

test.each(['=1+1', '+32', '-2', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
  'a cell that begins like a formula is text: %j',
  (cell) => {
    const [, line = ''] = toCsv(['name'], [[cell]]).split(/\r\n(?!=)/);
    expect(line.replace(/^"/, '').startsWith(`'${cell}`)).toBe(true);
  },
);

test('quotes what would end a cell, and begins with the mark of UTF-8', () => {
  expect(toCsv(['a', 'b'], [['x,"y"', 'é\nz']])).toBe('\uFEFFa,b\r\n"x,""y""","é\nz"\r\n');
});
