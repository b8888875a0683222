import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long, the longest first: they are begun before all others, so that no core is idle at the end. */
const LONG = [
  'explore/explorer.browser',
  'web/pages.browser',
  'web/clip.browser',
  'report/report.browser',
  'web/element.browser',
  'gallery/gallery.browser',
  'golden/golden',
  'fuzz/damage',
  'docs/tasks',
  'properties/codec-targets',
  'report/measure',
  'docs/examples',
  'cli/compare',
  'engines/quickjs',
  'frameworks/types',
  'unit/decode/create-decoder',
  'sequence/round-trip',
  'properties/codec-layers',
];
const place = ({ moduleId }: TestSpecification): number => {
  const at = LONG.findIndex(name => moduleId.endsWith(`/test/${name}.test.ts`));
  return at < 0 ? LONG.length : at;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

// The codec computes for seconds where a machine is busy: timeouts are there for endless loops, not to measure time.
const shared = {
  pool: 'threads' as const,
  setupFiles: ['test/quick-equality.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // What is built is run as it is, as users have it: vitest would rewrite every import, and the codec took half as long again.
  server: { deps: { external: [/\/dist\//] } },
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
