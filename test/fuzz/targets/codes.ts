import { AdaptiveBits } from '../../../src/bits/adaptive.js';
import { bytesOfText } from '../../../src/bits/bytes-of-text.js';
import { LEFT_OUT, RangeDecoder } from '../../../src/bits/range-decoder.js';
import { GOLOMB_CONTEXTS, readGolomb } from '../../../src/bits/read-golomb.js';
import { readSigned } from '../../../src/bits/read-signed.js';
import { readTree } from '../../../src/bits/read-tree.js';
import { contextsOf, SHAPES } from '../../../src/tables/shapes.js';
import { attempt, hold } from './attempt.js';
import type { Target } from './target.js';

/**
 * Codes read values within their bounds, and no more bits come out of bytes than these can hold; the same for coded tables with arbitrary
 * text.
 */
export const codesTarget: Target = {
  name: 'codes',
  weight: 1,
  run(bytes, random) {
    const source = random.chance(0.5) ? bytes : bytesOfText(String.fromCharCode(...bytes.subarray(0, 2000)));
    const [, columns, sets] = random.pick(SHAPES);
    const states = random.chance(0.5)
      ? contextsOf(sets)
      : new AdaptiveBits(random.bytes((sets + 1) * GOLOMB_CONTEXTS).map(p => p % 254));
    const coder = new RangeDecoder(source, 0, source.length);
    const most = 7600 * (source.length + LEFT_OUT);
    let read = 0;
    const { error } = attempt(() => {
      for (let column = 0; read <= most; column = (column + 1) % columns) {
        read++;
        const base = Math.min(column, sets) * GOLOMB_CONTEXTS;
        const value =
          column % 3 === 2
            ? readTree(coder, states, base, 64)
            : column % 3
              ? readSigned(coder, states, base)
              : readGolomb(coder, states, base, column % 12);
        hold(Number.isInteger(value) && Math.abs(value) < 2 ** 31, `${value} out of a code`);
        hold(coder.range >= 2 ** 22 && coder.range <= 2 ** 30, `a range of ${coder.range}`);
        hold(coder.word >= 0 && coder.word < coder.range * 2 ** 10, `a word of ${coder.word}`);
      }
    });
    hold(error?.field === 'stream', `${read} numbers out of ${source.length} bytes`);
  },
};
