import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long, the longest first: they are begun before all others, so that no core is idle at the end. */
const LONG = [
  'explore/explorer.browser',
  'explore/opening.browser',
  'web/clip.browser',
  'web/element.browser',
  'engines/suite.browser',
  'web/pages.browser',
  'report/report.browser',
  'gallery/gallery.browser',
  'fuzz/mutations',
  'fuzz/damage',
  'golden/golden',
  'docs/tasks',
  'properties/codec-targets',
  'report/measure',
  'docs/examples',
  'frameworks/types',
  'engines/quickjs',
  'reference/reference',
  'unit/separation/separate',
  'cli/compare',
  'unit/decode/create-decoder',
  'sequence/round-trip',
  'unit/algebra/pursuit',
  'properties/parts',
  'kernels/kernels',
  'unit/spectra/inspect-factors',
  'size/package',
  'files/disk',
  'kills/kills',
  'queue/queue',
  'cli/many',
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

/**
 * Files that change or read what others share: modules in the place of others, the kernels, and the language's own prototypes. Each has a
 * process of its own.
 */
const ALONE = [
  'test/fuzz/limits.test.ts',
  'test/kernels/*.test.ts',
  'test/report/ssimulacra2.test.ts',
  'test/unit/io/partial-file-systems.test.ts',
  'test/unit/io/without-sharp.test.ts',
];
const BROWSERS = 'test/**/*.browser.test.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      // One thread reads the codec once, for all of its files, and the engine knows it by the second.
      {
        test: {
          ...shared,
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [BROWSERS, ...ALONE],
          maxWorkers: 2,
          isolate: false,
        },
      },
      { test: { ...shared, pool: 'forks', name: 'alone', include: ALONE, maxWorkers: 2 } },
      // Browsers have processes of their own, and wait a third of the time: three files at a time, after all others.
      {
        test: {
          ...shared,
          name: 'browsers',
          include: [BROWSERS],
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
