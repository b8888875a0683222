import { encode, inspect } from 'lowrank';
import { expect, it } from 'vitest';
import { composer } from '../../../src/explore/worker/composer.js';
import { composeChannels } from '../../../src/spectra/compose.js';
import { dissect } from '../../../src/spectra/dissect.js';
import type { BlockDissection } from '../../../src/spectra/dissection.js';
import { draw } from '../../properties/codec-rasters.js';

it('A file cut before its filters, with runs, is composed bit-exactly', () => {
  const bytes = encode(draw(300, 270, 3, 8, 'waves'), { basis: 'dct', effort: 3, quality: 92 });
  const from = dissect(bytes.subarray(0, inspect(bytes).layers.at(-2)!.bytes)) as BlockDissection;
  expect(from.filters).toEqual([]);
  const marks = from.factors.channels.flatMap(({ runs }) => runs.flatMap(of => [...of]));
  expect(marks.some(mark => mark > 1)).toBe(true);
  const compose = composer(from);
  for (const rank of [1, 3, 10, from.columns]) {
    const without = rank === 10 ? [{ channel: 0, column: 2 }] : [];
    const made = compose(rank, without);
    for (const [c, { data }] of composeChannels(from, rank, without).entries())
      expect(made[c]!.data.every((value, i) => value === data[i])).toBe(true);
  }
});
