import type { FieldCoverage } from '../validate/coverage.ts';

/** What a program reads of coverage. */
export function coverageToJson(fields: readonly FieldCoverage[], valid: number): object {
  const missing = fields.reduce((sum, { has, of }) => sum + of - has, 0);
  return {
    kind: 'coverage',
    valid,
    missing,
    fields: fields.map((one) => ({ ...one, missing: one.of - one.has })),
  };
}

/** What a person reads of coverage: every field, and of what is missing the reason to have it. */
export function coverageToLines(fields: readonly FieldCoverage[]): string[] {
  if (fields.length === 0) return [];
  const missing = fields.reduce((sum, { has, of }) => sum + of - has, 0);
  const width = Math.max(...fields.map(({ field }) => field.length));
  const amounts = fields.map(({ has, of }) => `${has} of ${of}`);
  const amountWidth = Math.max(...amounts.map(({ length }) => length));
  const lines = fields.map(({ field, goodFor, has, of, why }, index) => {
    const amount = (amounts[index] ?? '').padStart(amountWidth);
    const reason = has < of ? `: ${why}` : '';
    return `  ${field.padEnd(width)}  ${amount}  ${goodFor.join(', ')}${reason}`;
  });
  const sum = missing === 0 ? 'no useful field is missing' : `${missing} useful fields are missing`;
  return ['', `Coverage, what it is good for, and why where it is missing: ${sum}`, ...lines];
}
