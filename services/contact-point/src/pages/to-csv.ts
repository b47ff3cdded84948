import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV (RFC 4180) that a spreadsheet opens in the right encoding. A cell that a spreadsheet would take for a formula
 * (it begins with `=`, `+`, `-`, `@`, a tabulator or a line end) gets an apostrophe before it: what a sender wrote is
 * never run.
 */
export function toCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return stringify([[...columns], ...rows.map((row) => [...row])], {
    bom: true,
    escape_formulas: true,
    // A lone line feed ends no record of ours, but a spreadsheet's.
    quoted_match: /[\r\n]/,
    record_delimiter: 'windows',
  });
}
