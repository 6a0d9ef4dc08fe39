import { defineConfig } from 'vitest/config';

// The time zone and the language are fixed, far from UTC, so that a time bug shows on every machine.
process.env.TZ = 'America/New_York';
process.env.LANG = process.env.LC_ALL = 'en_US.UTF-8';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    teardownTimeout: 10_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/elements/**', 'test/e2e/**', 'test/rt/**'],
          testTimeout: 15_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // The built demo in a browser (CHROME_PATH), after the others: two files at a time, as a machine of two cores can.
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      // Only where scripts/test-rt.mjs has started a Request Tracker; one file at a time, since they share it.
      ...(process.env.RT_URL
        ? [
            {
              extends: true as const,
              test: {
                name: 'rt',
                include: ['test/rt/**/*.test.ts'],
                fileParallelism: false,
                testTimeout: 60_000,
                hookTimeout: 60_000,
                sequence: { groupOrder: 2 },
              },
            },
          ]
        : []),
    ],
  },
});
