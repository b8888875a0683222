import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// npm run coverage: which lines and branches of the decoder's folders do the tests of its stations, of golden files and of damage reach?
// Tests of the build run on src here: every import of the package and of dist is redirected. The kernels' file is not beside src, so the
// JavaScript is what is measured.

const root = join(import.meta.dirname, '../..');
const source = (path: string): string => join(root, 'src', path);
const FOLDERS = ['bits', 'decode', 'format', 'planes', 'restore'];

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^lowrank$/, replacement: source('index.ts') },
      { find: /^lowrank\/(decode|node|sequence|serve)$/, replacement: source('$1/index.ts') },
      { find: /^(?:\.\.\/)+dist\/(.*)\.js$/, replacement: source('$1.ts') },
    ],
  },
  test: {
    include: ['unit', 'golden', 'golden-errors', 'spec']
      .map(folder => `test/${folder}/**/*.test.ts`)
      .concat('test/fuzz/damage.test.ts'),
    // Tests of the build itself, or of another reader.
    exclude: ['test/unit/build/**', 'test/unit/io/without-sharp.test.ts'],
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    setupFiles: ['test/quick-equality.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    coverage: {
      enabled: true,
      provider: 'v8',
      include: FOLDERS.map(folder => `src/${folder}/**/*.ts`),
      reporter: ['text', 'json'],
      reportsDirectory: 'coverage',
      thresholds: { lines: 98, branches: 95 },
    },
  },
});
