import { defineConfig } from 'vitest/config';

// A Liaison with every part real.
const whole = {
  globalSetup: ['tests/setup/embedded-database.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

const timed = ['tests/e2e/start-*.test.ts', 'tests/faults/*.test.ts'];

export default defineConfig({
  test: {
    // Most tests wait for a database or a process more than they compute.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{contracts,packages/*,services/*,infra/*}/src/**/*.test.ts',
            'tests/bench/**/*.test.ts',
            'tests/faults/*/*.test.ts',
          ],
          // No module holds state, so files may share what they import.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{packages/*,services/*,infra/*}/test/**/*.test.ts'],
          globalSetup: ['tests/setup/embedded-database.ts'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // The machines that run these are busy.
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        extends: true,
        test: {
          ...whole,
          name: 'whole',
          include: ['tests/{e2e,conformance}/**/*.test.ts'],
          exclude: timed,
          // A whole Liaison each: three at once would wait for each other more than for their clocks.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...whole,
          name: 'timed',
          include: timed,
          // What has seconds to come up, recover or stop has the machine to itself.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
