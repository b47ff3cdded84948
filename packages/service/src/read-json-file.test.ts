import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readJsonFile } from './read-json-file.ts';

const schema = {
  type: 'object',
  required: ['key', 'list'],
  properties: { key: { type: 'string' }, list: { type: 'array', items: { type: 'integer' } } },
};

function writeFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'read-json-file-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'secrets.json');
  writeFileSync(path, text);
  return path;
}

function faultOf(path: string): unknown {
  try {
    return readJsonFile(path, schema);
  } catch (error) {
    return error;
  }
}

test('a file that follows its schema is its content', () => {
  expect(faultOf(writeFile('{"key":"k","list":[1]}'))).toEqual({ key: 'k', list: [1] });
});

test('a missing file is told apart from one that is not JSON', () => {
  expect(faultOf(join(tmpdir(), 'no-such-file.json'))).toMatchObject({ code: 'file-unreadable' });
  const fault = faultOf(writeFile('{"key":"a secret'));
  expect(fault).toMatchObject({ code: 'file-not-json' });
  expect(fault).not.toHaveProperty('cause');
});

test('every wrong place is named, and no value', () => {
  const fault = faultOf(writeFile('{"list":[1,"a secret","another"]}'));
  expect(fault).toMatchObject({ code: 'file-invalid' });
  const { message } = fault as Error;
  expect(message).toContain('/key');
  expect(message).toContain('/list/1, /list/2');
  expect(message).not.toContain('secret,');
  expect(message).not.toContain('another');
});
