/** Where a bench tells a person what it does and what came of it. */
export interface Report {
  line(text: string): void;
  heading(text: string): void;
  /** A figure beside its name. */
  row(name: string, value: string, remark?: string): void;
}

const nameWidth = 44;
const valueWidth = 16;

/** Makes a report on a stream. */
export function createReport(stream: { write(text: string): unknown }): Report {
  const line = (text: string): void => {
    stream.write(`${text}\n`);
  };
  return {
    line,
    heading(text) {
      line(`\n${text}\n${'─'.repeat(nameWidth + valueWidth)}`);
    },
    row(name, value, remark = '') {
      line(`  ${name.padEnd(nameWidth)}${value.padStart(valueWidth)}${remark === '' ? '' : `   ${remark}`}`);
    },
  };
}
