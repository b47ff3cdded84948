import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of the alert rules. */
export const alertsFolder = fileURLToPath(new URL('../../infra/alerts/', import.meta.url));

/** Reads a file of the alerts' folder. */
export function readAlertFile(name: string): string {
  return readFileSync(`${alertsFolder}${name}`, 'utf8');
}

/** An alert as its file has it: `promtool` checks the form, this finds the parts. */
export interface AlertRule {
  readonly name: string;
  readonly expression: string;
  readonly summary: string;
  readonly runbook: string;
}

/** The rules of the file. */
export function readAlertRules(): AlertRule[] {
  const [, ...blocks] = readAlertFile('liaison.rules.yaml').split('- alert: ');
  const part = (block: string, pattern: RegExp): string => pattern.exec(block)?.[1]?.trim() ?? '';
  return blocks.map((block) => ({
    name: part(block, /^(\w+)/),
    expression: part(block, /expr: \|?([\s\S]*?)\n {8}(?:for|labels):/),
    summary: part(block, /summary: (.*)/),
    runbook: part(block, /runbook: (.*)/),
  }));
}

/** Names of the metrics that an expression asks for. */
export function metricsIn(expression: string): string[] {
  const withoutLabels = expression.replaceAll(/\{[^}]*\}/g, '').replaceAll(/\b(by|on) \([^)]*\)/g, '');
  return [...withoutLabels.matchAll(/\b(?:liaison|messaging|http|up)(?:_[a-z]+)*\b/g)].map(([name]) => name);
}

/** Metrics and their labels, as the table in the README has them. */
export function readMetricTable(): ReadonlyMap<string, readonly string[]> {
  const rows = [...readAlertFile('README.md').matchAll(/^\| `([a-z_]+)` *\|([^|]*)\|/gm)];
  return new Map(
    rows.map(([, name = '', labels = '']) => [
      name,
      [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
    ]),
  );
}
