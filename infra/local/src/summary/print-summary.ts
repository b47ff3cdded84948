import pc from 'picocolors';
import { isFlawless, type CountryFigures, type Summary } from './summarise.ts';

const width = 72;

const exchanges = { embedded: 'the embedded exchange', kafka: 'Kafka' } as const;

function rule(title: string): string {
  return `\n${pc.bold(title)} ${pc.dim('─'.repeat(Math.max(0, width - title.length - 1)))}`;
}

function row(label: string, value: string, note = ''): string {
  return `  ${label.padEnd(34)}${value.padStart(10)}${note === '' ? '' : `   ${pc.dim(note)}`}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function countryCell(name: string, { dispatched, receipted }: CountryFigures): string {
  const figures = `${number(receipted)}/${number(dispatched)}`;
  const cell = `${name.padEnd(8)}${figures.padStart(9)}`;
  return receipted === dispatched ? cell : pc.red(cell);
}

function countryTable(summary: Summary): string[] {
  const cells = Object.entries(summary.countries).map(([name, figures]) => countryCell(name, figures));
  const columns = 3;
  const height = Math.ceil(cells.length / columns);
  return Array.from({ length: height }, (_row, index) =>
    Array.from({ length: columns }, (_column, column) => cells[index + column * height] ?? '')
      .map((cell) => `  ${cell}`)
      .join('    '),
  );
}

function reasons(summary: Summary): string {
  return Object.entries(summary.rejectedBy)
    .map(([code, times]) => `${code} ${times}`)
    .join(', ');
}

function verdict(summary: Summary): string {
  if (isFlawless(summary)) {
    return pc.green(
      '  Every referral went where its label says, every dispatch has its receipt, the ledger verifies.',
    );
  }
  const faults = [
    summary.missing > 0 ? `${summary.missing} missing` : '',
    summary.mislabelled > 0 ? `${summary.mislabelled} other than labelled` : '',
    summary.ledger.verified ? '' : 'the ledger does not verify',
  ];
  return pc.red(`  Not in order: ${faults.filter((fault) => fault !== '').join(', ')}.`);
}

function milliseconds(value: number | null): string {
  return value === null ? '–' : `${number(value)} ms`;
}

/** The summary as a person reads it. */
export function formatSummary(summary: Summary): string {
  const { ledger } = summary;
  return [
    rule('Referrals'),
    row(
      'submitted',
      number(summary.submitted),
      `${number(summary.retried)} of them retried, each counted once`,
    ),
    row('accepted', number(summary.accepted), `${number(summary.urgent)} urgent`),
    row('rejected', number(summary.rejected), reasons(summary)),
    rule('Dispatches'),
    row('sent to contact points', number(summary.dispatched), `through ${exchanges[summary.exchange]}`),
    row('with a signed receipt', number(summary.receipted)),
    row('referrals for several states', number(summary.severalStates)),
    row('referrals for Europol alone', number(summary.europolOnly), 'no state certain enough'),
    rule('Receipted / dispatched'),
    ...countryTable(summary),
    rule('From submission to the last receipt'),
    row('median', milliseconds(summary.p50Ms)),
    row('slowest of a hundred', milliseconds(summary.p99Ms)),
    row('referrals a second', number(summary.perSecond)),
    row('submission API, at most', `${number(summary.submissionApiPeakMb)} MB`),
    rule('Processor time, start included'),
    ...Object.entries(summary.cpuMs).map(([name, cpuMs]) =>
      row(name, `${number(Math.round(cpuMs / 100) / 10)} s`),
    ),
    rule('Ledger'),
    row('events', number(ledger.size)),
    row('root', ledger.verified ? ledger.root.slice(0, 10) : '–', ledger.verified ? ledger.root : ''),
    '',
    verdict(summary),
    '',
  ].join('\n');
}
