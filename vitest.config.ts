import { defineConfig } from 'vitest/config';

// The codec computes for seconds where a machine is busy: timeouts are there for endless loops, not to measure time.
const shared = { pool: 'threads' as const, testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts'],
          maxWorkers: 2,
        },
      },
      // Browsers have processes of their own, and often wait: two files at a time, after all others.
      {
        test: {
          ...shared,
          name: 'browsers',
          include: ['test/**/*.browser.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
