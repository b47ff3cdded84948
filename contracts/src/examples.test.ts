import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Fault } from './generated/messages.d.ts';
import { checkReferralRules } from './referral-rules.ts';
import { readSchemas } from './schema-files.ts';
import { validateMessage, type Messages } from './validate.ts';

const examples = new URL('../examples/', import.meta.url);
/** The day on which the examples happen. */
const nowMs = Date.parse('2026-11-22T00:00:00Z');

function readFolder(path: string): { name: string; content: unknown }[] {
  return readdirSync(new URL(path, examples)).map((name) => ({
    name,
    content: JSON.parse(readFileSync(new URL(`${path}${name}`, examples), 'utf8')) as unknown,
  }));
}

function faultsIn(message: keyof Messages, value: unknown): readonly Fault[] {
  if (message !== 'referral') {
    const result = validateMessage(message, value);
    return result.ok ? [] : result.faults;
  }
  const result = validateMessage(message, value);
  return result.ok ? checkReferralRules(result.value, { nowMs }) : result.faults;
}

const byPlace = (left: Fault, right: Fault): number =>
  `${left.pointer} ${left.code}`.localeCompare(`${right.pointer} ${right.code}`);

const messages = [...readSchemas().keys()]
  .map((name) => name.replace(/\.v1$/, ''))
  .filter((name) => name !== 'definitions' && name !== 'problem') as (keyof Messages)[];

describe.each(messages)('%s', (message) => {
  test.each(readFolder(`${message}/valid/`))('takes the example $name', ({ content }) => {
    expect(faultsIn(message, content)).toEqual([]);
  });

  test.each(readFolder(`${message}/invalid/`))('names every fault of $name', ({ content }) => {
    const { expect: expected, instance } = content as { expect: Fault[]; instance: unknown };
    expect(expected.length).toBeGreaterThan(0);
    expect([...faultsIn(message, instance)].sort(byPlace)).toEqual([...expected].sort(byPlace));
  });
});
