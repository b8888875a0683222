import { cosSin, turn } from '../../../src/algebra/givens.js';
import { fence, wrapped } from './text.js';

const PRECISION = 6;
const ROTATIONS = [
  { i: 1, j: 8, n: 20 },
  { i: 1, j: 9, n: -7 },
  { i: 2, j: 8, n: 51 },
];
const ROW: [k: number, value: number][] = [
  [1, 4],
  [2, 0],
  [8, -2],
  [9, 6],
];

/** Rotations applied to a row of U. */
export function workedRotation(): string {
  const x = new Float64Array(64);
  for (const [k, value] of ROW) x[k] = value;
  let last = [0, 0];
  const symbols = ROTATIONS.map(({ i, j, n }) => {
    const of = [(i - last[0]!) & 63, (j - last[1]!) & 63, n + 2 ** PRECISION];
    last = [i, j];
    return of.join(' ');
  });
  const lines = [...ROTATIONS].reverse().map(({ i, j, n }) => {
    const [c, s] = cosSin(n, PRECISION);
    turn(x, i, j, [c, s]);
    return `(${i}, ${j}, ${n})  c = ${c}  s = ${s}\n    x[${i}] = ${x[i]}  x[${j}] = ${x[j]}`;
  });
  return [
    wrapped(
      `The precision is ${PRECISION}, and the rotations are ${ROTATIONS.map(({ i, j, n }) => `(${i}, ${j}, ${n})`).join(', ')}. As coded (13.1), i, j and angle are ${symbols.join('; ')}. ` +
        `In a block, ${ROW.map(([k, value]) => `W(., ${k}) S(${k}) = ${value}`).join(', ')}, and all others are 0. The last rotation comes first:`,
    ),
    fence(lines),
  ].join('\n');
}
