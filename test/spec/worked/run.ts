import { DCT } from '../../../src/runs/cosines.js';
import { classOf, emptyRuns } from '../../../src/runs/runs.js';
import { unfold } from '../../../src/runs/unfold.js';
import { visitRuns } from '../../../src/runs/visit.js';
import { fence, wrapped } from './text.js';

/** Two blocks wide, with a margin of two on every side. */
const COLS = 2;
const ROWS = 5;
const STRIDE = COLS + 4;
const PLACES = STRIDE * (ROWS + 4);
const PLANE0 = [
  [40, 10],
  [42, 12],
  [41, 30],
  [45, 70],
  [44, 90],
];
/** Values of plane 1 in the blocks of the run. */
const CODED = [12, -4, 0, 2];

/** A map of runs, and what a run does to the values of a plane. */
export function workedRun(): string {
  const positions = Int32Array.from(
    { length: COLS * ROWS },
    (_, b) => (Math.floor(b / COLS) + 2) * STRIDE + (b % COLS) + 2,
  );
  const values = new Int32Array(64 * PLACES);
  const alive = new Uint8Array(PLACES);
  positions.forEach((i, b) => {
    values[i] = PLANE0[Math.floor(b / COLS)]![b % COLS]!;
    alive[i] = 1;
  });
  const runs = emptyRuns(PLACES);
  const grid = { cols: COLS, rows: ROWS, side: 16, across: 1, stride: STRIDE };
  const asked: string[] = [];
  visitRuns({ ...grid, positions, alive, values, runs }, 0, 0, undefined, (context, direction, i, l) => {
    const b = positions.indexOf(i);
    const is = direction === 0 && b === 0 && l === 2;
    asked.push(`${direction}, (${b % COLS}, ${Math.floor(b / COLS)}), ${l}: ${context} ${is ? 1 : 0}`);
    return is;
  });
  const column = [0, 1, 2, 3].map(j => positions[j * COLS]!);
  column.forEach((i, f) => {
    values[PLACES + i] = CODED[f]!;
  });
  const folded = { stride: STRIDE, places: PLACES, values, runs };
  const marks = column.map(i => runs[0][i]!);
  return [
    wrapped(
      `A channel of role 0 has ${COLS} x ${ROWS} blocks, all alive. Their Q(., 0) are, row by row: ${PLANE0.flat().join(' ')}. ` +
        'The questions of the map (13.11), each as direction, first block, l: context, answer.',
    ),
    fence(asked),
    wrapped(
      `So the first four blocks of the first column are a run: R(., 0) is ${marks.join(', ')}, the classes are ${marks.map(classOf).join(', ')}. ` +
        `In plane 1 they have Q = ${CODED.join(', ')}. For each frequency f, the factor sqrt(g / n) * cos64(...) of blocks 0 to 3, and then W (14.2):`,
    ),
    fence([
      ...[0, 1, 2, 3].map(f => `f = ${f}: ${[0, 1, 2, 3].map(j => DCT[2]![f * 4 + j]).join(' ')}`),
      `W = ${column.map(i => unfold(folded, i, 1)).join(' ')}`,
    ]),
  ].join('\n');
}
