import { expect, test } from 'vitest';
import type { CodedError } from './coded-error.ts';
import { readConfig } from './read-config.ts';

const schema = {
  required: ['PORT', 'SECRET'],
  properties: {
    PORT: { type: 'integer', minimum: 0 },
    SECRET: { type: 'string', minLength: 8 },
    MODE: { enum: ['a'] },
  },
};

test('reads typed values and nothing else from the environment', () => {
  const config = readConfig(schema, { PORT: '80', SECRET: 'long enough', OTHER: 'x' });
  expect(config).toEqual({ PORT: 80, SECRET: 'long enough' });
});

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test('names every wrong variable at once and never a value', () => {
  const error = errorOf(() => readConfig(schema, { PORT: 'hidden-value', MODE: 'hidden-mode' }));
  expect(error).toMatchObject({
    code: 'config-invalid',
    message: expect.stringMatching(/PORT.*SECRET.*MODE|SECRET.*PORT.*MODE/) as string,
  });
  expect((error as CodedError).message).not.toContain('hidden');
});
