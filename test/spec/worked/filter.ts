import { stepOf } from '../../../src/planes/step.js';
import { applyFilter } from '../../../src/restore/apply.js';
import { TAPS } from '../../../src/restore/bank.js';
import { chooseFilters } from '../../../src/restore/choose.js';
import { clipsOf } from '../../../src/restore/clips.js';
import { coefficientsOf, TURNS } from '../../../src/restore/filter.js';
import { PAD, toSamples } from '../../../src/restore/samples.js';
import { smooth } from '../../../src/restore/smooth.js';
import { MEAN_FILTERS } from '../../../src/tables/tables.js';
import { fence, same, wrapped } from './text.js';

const STEP = 0x8c0;
const D = stepOf(STEP);
/** A soft slanting edge with some noise, in 1/16: a picture of one block. */
const SAMPLES = Float32Array.from({ length: 64 }, (_, p) => {
  const x = p % 8;
  const y = p >> 3;
  return (Math.max(-640, Math.min(640, 260 * (2 * x - y) - 1000)) + ((x * 5 + y * 3) % 7) * 9) / 16;
});

const block = () => ({ width: 8, height: 8, data: SAMPLES.slice() });
const OFFSETS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
] as const;

/** A block that the restoration filters. */
export function workedFilter(): string {
  const samples = toSamples(block());
  const s = (x: number, y: number): number => samples.data[(y + PAD) * samples.stride + x + PAD]!;
  const deltas = new Array<number>(12 * TAPS).fill(0);
  const known = Uint8Array.of(1);
  const chosen = chooseFilters(samples, known, D);
  const group = Math.floor(chosen[0]! / TURNS);
  const turn = chosen[0]! % TURNS;
  const r = OFFSETS.map(([dx, dy]) => {
    let sum = 0;
    for (let y = 0; y < 8; y++)
      for (let x = y & 1; x < 8; x += 2) sum += Math.abs(2 * s(x, y) - s(x - dx, y - dy) - s(x + dx, y + dy));
    return sum;
  }) as [number, number, number, number];
  const [A, a] = [Math.max(r[0], r[1]), Math.min(r[0], r[1])];
  const [B, b] = [Math.max(r[2], r[3]), Math.min(r[2], r[3])];
  const bounds = [0.05, 0.12, 0.25, 0.6].map(of => Math.floor(1024 * D * of));
  const activity = bounds.filter(bound => bound < r[0] + r[1]).length;
  const straight = A * b > B * a;
  const direction = straight ? (5 * A > 9 * a ? 1 : 0) : 5 * B > 9 * b ? 2 : 0;
  same(direction && (straight ? (r[1] > r[0] ? 1 : 0) : r[3] > r[2] ? 2 : 0), turn);
  const coefficients = coefficientsOf(deltas, true);
  const out = new Float32Array(64);
  applyFilter(samples, chosen, coefficients, clipsOf(D), out);
  const rows = (of: (x: number, y: number) => number): string[] =>
    Array.from({ length: 8 }, (_, y) => Array.from({ length: 8 }, (_, x) => of(x, y)).join(' '));
  const K = MEAN_FILTERS.slice(group * TAPS, (group + 1) * TAPS).map(x => 3 * x);
  const second = block();
  smooth(second, known, D);
  return [
    wrapped(
      `A picture of one block, coded, D = ${D}, in a file with weights, all deltas 0. Its samples s (17.2), row by row:`,
    ),
    fence(rows(s)),
    wrapped(
      `r_0 to r_3 are ${r.join(', ')}; the bounds of activity are ${bounds.join(', ')}, so it is ${activity}. A b ${straight ? '>' : '<='} B a: direction = ${direction}, turn = ${turn}; g = ${group}. ` +
        `K = ${K.join(' ')}; wide = ${Math.floor(32 * D + 0.5)}, narrow = ${Math.floor(3.2 * D + 0.5)}. The restored r(p), samples of the channel times 16:`,
    ),
    fence(rows((x, y) => out[y * 8 + x]! * 16)),
    wrapped(
      `If it were a block of the second channel (17.6), with t = ${0.08 * D} and h = 0.109375, its first row would be:`,
    ),
    fence([Array.from(second.data.subarray(0, 8)).join(' ')]),
  ].join('\n');
}
