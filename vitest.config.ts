import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most tests wait for a database or a process more than they compute.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{contracts,packages/*,services/*,infra/*}/src/**/*.test.ts'],
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
          name: 'whole',
          include: ['tests/{e2e,faults,conformance}/**/*.test.ts'],
          globalSetup: ['tests/setup/embedded-database.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Each of these is a whole Liaison; two at once would only wait for each other.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
