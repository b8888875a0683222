import { describe, expect, it } from 'vitest';
import { costsOfRuns } from '../../../src/encode/runs/run-costs.js';
import { foldLine } from '../../../src/runs/fold.js';
import { LONGEST } from '../../../src/runs/runs.js';

/**
 * Squared error + 0.1 bits, word by word: frequencies 1 and 2 together, then 3 to 7; magnitudes of a row by their mean, which starts from
 * that of all rows.
 */
function plainCost(rows: number[][]): number {
  let cost = 0;
  for (const [first, last] of [
    [0, 2],
    [2, 7],
  ] as const) {
    const size = last - first;
    const levels = rows.map(row =>
      row.slice(first, last).map(x => (Math.abs(x) < 0.6 ? 0 : Math.floor(Math.abs(x) + 0.4))),
    );
    const sums = levels.map(of => of.reduce((a, b) => a + b, 0));
    const prior = (2 * sums.reduce((a, b) => a + b, 0)) / (rows.length * size) + 0.05;
    for (const [j, of] of levels.entries()) {
      for (const [n, q] of of.entries()) cost += (Math.abs(rows[j]![first + n]!) - q) ** 2 + (q ? 0.1 : 0);
      const mean = (sums[j]! + prior) / (size + 2);
      cost += 0.1 * (sums[j]! * Math.log2((1 + mean) / mean) + size * Math.log2(1 + mean));
    }
  }
  return cost;
}

describe('The costs of runs', () => {
  it.each([
    0, 1,
  ])('are those of coding their DCT in direction %d word by word, for small and large levels', direction => {
    let state = 5;
    const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    const [cols, rows] = [37, 35];
    const us = [1, 1].map(() =>
      Float32Array.from(
        { length: 64 * cols * rows },
        (_, i) => (random() - 0.5) * [0.5, 3, 80][(i >> 9) % 3]!,
      ),
    );
    const surveys = Array.from({ length: LONGEST + 1 }, () =>
      Uint8Array.from({ length: cols * rows }, () => (random() < 0.8 ? 1 : 0)),
    );
    const all = costsOfRuns(us, { cols, rows }, direction, surveys);
    let seen = 0;
    for (let l = 0; l <= LONGEST; l++) {
      const n = 1 << l;
      for (let b = 0; b < cols * rows; b++) {
        const along = direction ? b % cols : Math.floor(b / cols);
        if (along % n || along + n > (direction ? cols : rows)) continue;
        if (!surveys[l]![b]) {
          expect(all[l]![b]).toBe(0);
          continue;
        }
        let cost = 0;
        for (const u of us) {
          const x = Float64Array.from(
            { length: 7 * n },
            (_, at) =>
              u[
                (b + Math.floor(at / 7) * (direction ? 1 : cols)) * 64 + ((at % 7) + 1) * (direction ? 8 : 1)
              ]!,
          );
          for (let k = 0; k < 7; k++) foldLine(x, k, 7, l);
          cost += plainCost(Array.from({ length: n }, (_, j) => [...x.subarray(7 * j, 7 * j + 7)]));
        }
        expect(Math.abs(all[l]![b]! / cost - 1)).toBeLessThan(1e-9);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(1000);
  });
});
