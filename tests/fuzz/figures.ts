import type { Count, Outcome } from './run-schemathesis.ts';

/** Cases of all outcomes. */
export function countCases(
  outcomes: readonly Outcome[],
  keep: (count: Count) => boolean = () => true,
): number {
  return outcomes.flatMap(({ counts }) => counts.filter(keep)).reduce((sum, { count }) => sum + count, 0);
}

function linesOf(target: string, counts: readonly Count[]): string[] {
  const operations = [...new Set(counts.map(({ operation }) => operation))];
  return operations.map((operation) => {
    const own = counts.filter((count) => count.operation === operation);
    const byStatus = new Map<number, number>();
    for (const { status, count } of own) byStatus.set(status, (byStatus.get(status) ?? 0) + count);
    const statuses = [...byStatus].toSorted(([left], [right]) => left - right);
    const cases = own.reduce((sum, { count }) => sum + count, 0);
    const seen = statuses.map(([status, count]) => `${status}: ${count}`).join('  ');
    return `  ${target.padEnd(14)} ${operation.padEnd(20)} ${String(cases).padStart(6)}   ${seen}`;
  });
}

/** The figures of a run: cases by operation, and what was answered. */
export function formatFigures(outcomes: readonly Outcome[]): string {
  const targets = [...new Set(outcomes.map(({ target }) => target))];
  const lines = targets.flatMap((target) =>
    linesOf(
      target,
      outcomes.flatMap((outcome) => (outcome.target === target ? outcome.counts : [])),
    ),
  );
  const failed = outcomes.filter(({ passed }) => !passed).length;
  return [
    `  ${'interface'.padEnd(14)} ${'operation'.padEnd(20)} ${'cases'.padStart(6)}   answers`,
    ...lines,
    '',
    `  ${countCases(outcomes)} cases, ${countCases(outcomes, ({ status }) => status >= 500)} answers 5xx, ${countCases(outcomes, ({ status }) => status === 429)} answers 429`,
    failed === 0
      ? '  No check failed.'
      : `  ${failed} of ${outcomes.length} runs found something; see above.`,
    '',
  ].join('\n');
}
