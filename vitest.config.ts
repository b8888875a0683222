import { defineConfig } from 'vitest/config';

// The codec computes for seconds where a machine is busy: timeouts are there for endless loops, not to measure time.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
