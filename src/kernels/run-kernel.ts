import { type costsOfRuns, TABULATED, tableOf } from '../encode/runs/run-costs.js';
import { DCT } from '../runs/cosines.js';
import { LONGEST } from '../runs/runs.js';
import type { Machine } from './machine.js';

/** Bytes of scratch space of kernels/runs.ts for a line of this many blocks. */
const workOf = (length: number): number => (1 << LONGEST) * (64 + 32 + 64 + 4) + 64 * length;

/** By group, l, sum of all rows, and sum: see tableOf. */
let tables: Float64Array | undefined;

function allTables(): Float64Array {
  const sets = 2 * (LONGEST + 1) * TABULATED;
  const joined = new Float64Array(sets * TABULATED);
  for (let n = 0; n < sets; n++) {
    const l = Math.floor(n / TABULATED) % (LONGEST + 1);
    const group = 1 + Math.floor(n / TABULATED / (LONGEST + 1));
    joined.set(tableOf(group, l, n % TABULATED), n * TABULATED);
  }
  return joined;
}

/** The costs of runs. */
export const runKernel =
  (machine: Machine): typeof costsOfRuns =>
  (us, { cols, rows }, direction, surveys) => {
    const blocks = cols * rows;
    tables ??= allTables();
    const [from, asked, costs, cosines, bits, work, ...dcts] = machine.place(
      256 * blocks,
      (LONGEST + 1) * blocks,
      (LONGEST + 1) * 8 * blocks,
      4 * DCT.length,
      tables.byteLength,
      workOf(direction ? cols : rows),
      ...DCT.map(({ byteLength }) => byteLength),
    );
    const { run, bytes, words, floats, doubles } = machine;
    words.set(dcts, cosines >> 2);
    for (const [l, at] of dcts.entries()) doubles.set(DCT[l]!, at >> 3);
    doubles.set(tables, bits >> 3);
    for (const [l, survey] of surveys.entries()) bytes.set(survey, asked + l * blocks);
    doubles.fill(0, costs >> 3, (costs >> 3) + (LONGEST + 1) * blocks);
    for (const u of us) {
      floats.set(u, from >> 2);
      run.addRunCosts(from, cols, rows, direction, asked, costs, cosines, bits, work);
    }
    return surveys.map((_, l) => doubles.slice((costs >> 3) + l * blocks, (costs >> 3) + (l + 1) * blocks));
  };
