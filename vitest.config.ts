import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{contracts,packages/*,services/*,infra/*}/src/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{packages/*,services/*,infra/*}/test/**/*.test.ts'],
          globalSetup: ['tests/setup/embedded-database.ts'],
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
        },
      },
    ],
  },
});
