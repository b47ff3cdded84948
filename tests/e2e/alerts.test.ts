import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { alertsFolder, readAlertFile, readAlertRules } from '../setup/alert-files.ts';

interface Ended {
  readonly code: number | string;
  readonly text: string;
}

/** Debian's; no package of npm brings it. */
const program = 'promtool';

function promtool(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, [...args], { cwd: alertsFolder }, (error, out, err) => {
      resolve({ code: error?.code ?? 0, text: `${out}${err}` });
    });
  });
}

const isHere = (await promtool('--version')).code === 0;
const why = "promtool is not here; Debian's package prometheus has it: apt-get install prometheus";

// Loud on a machine without it; it comes with no package of npm.
if (!isHere) process.stderr.write(`\n*** SKIPPED: the alert rules are not tried: ${why} ***\n\n`);

describe.runIf(isHere)('promtool', () => {
  test('takes the rules', async () => {
    expect(await promtool('check', 'rules', 'liaison.rules.yaml')).toMatchObject({ code: 0 });
  });

  test('sees each fire when it has to, and not before', async () => {
    expect(await promtool('test', 'rules', 'liaison.rules.test.yaml')).toMatchObject({ code: 0 });
  });
});

describe('every alert', () => {
  const rules = readAlertRules();

  test.each(rules.map(({ name }) => name))(
    '%s has a case in which it fires, and one in which it does not',
    (name) => {
      const [, ...cases] = readAlertFile('liaison.rules.test.yaml').split('alertname: ');
      const own = cases.filter((one) => one.startsWith(`${name}\n`));
      expect(own.filter((one) => one.includes('exp_labels')).length).toBeGreaterThanOrEqual(1);
      expect(own.filter((one) => /exp_alerts: \[\]/.test(one)).length).toBeGreaterThanOrEqual(1);
    },
  );

  test('says what is wrong, and where it stands what to do', () => {
    const anchors = [
      'undelivered',
      'signature-failures',
      'ledger-stopped',
      'directory-expiry',
      'process-down',
    ];
    const known = [...anchors, 'errors', 'lag'].map((anchor) => `docs/operations.md#${anchor}`);
    expect(rules.filter(({ summary }) => summary.length < 20)).toEqual([]);
    expect([...new Set(rules.map(({ runbook }) => runbook))].sort()).toEqual(known.sort());
  });

  const operations = fileURLToPath(new URL('../../docs/operations.md', import.meta.url));
  test.runIf(existsSync(operations))('has its place in the operations manual', () => {
    const text = readFileSync(operations, 'utf8').toLowerCase();
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading.replaceAll(/[^\w]+/g, '-'),
    );
    const ids = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id);
    const anchors = rules.map(({ runbook }) => runbook.split('#')[1] ?? '');
    expect(anchors.filter((anchor) => ![...headings, ...ids].includes(anchor))).toEqual([]);
  });
});
