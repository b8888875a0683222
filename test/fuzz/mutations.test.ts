import { type CodecError, decode } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { mutationOf } from './one-mutation.js';
import { MAX_PIXELS } from './targets/samples.js';

/** Mutations for each of the seeds 1 to 20. */
const EACH = 1000;
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

describe('Mutated files give what they should, or an error', () => {
  it.each(SEEDS)('from seed %i', async seed => {
    for (let n = 0; n < EACH; n++) {
      const { target, run } = mutationOf(seed, n);
      try {
        await run();
      } catch (error) {
        throw new Error(`mutation ${n} of seed ${seed}, ${target.name}`, { cause: error });
      }
    }
  });
});

it('Mutations get past the checks, and each check stops some of them', () => {
  const counts: Record<string, number> = {};
  for (let n = 0; n < 500; n++) {
    const { bytes } = mutationOf(1, n);
    const outcome = outcomeOf(bytes);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  for (const outcome of [
    'VERSION',
    'TRUNCATED',
    'NOT_LRK',
    'LIMIT',
    'layer',
    'stream',
    'header check',
    'file',
  ])
    expect([outcome, counts[outcome] ?? 0]).toEqual([outcome, expect.toSatisfy((n: number) => n > 0)]);
  expect(counts.picture).toBeGreaterThan(75);
});

/** 'picture', or the code of the error, or what is corrupt. */
function outcomeOf(bytes: Uint8Array): string {
  try {
    decode(bytes, { maxPixels: MAX_PIXELS });
    return 'picture';
  } catch (error) {
    const { code, field } = error as CodecError;
    return code === 'CORRUPT' ? field.replace(/ \d.*/, '') : code;
  }
}
