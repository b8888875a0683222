import { TAPS } from '../../src/restore/bank.js';
import { GROUP_OF_CLASS, MEAN_FILTERS } from '../../src/tables/tables.js';

/** A function of samples with repeated edges, for a picture. */
export type At = (x: number, y: number) => number;

const within = (low: number, v: number, high: number): number => Math.min(Math.max(v, low), high);

/** Samples of a plane, by codec-spec.md. */
export const valuesOf =
  ({ width, height, data }: { width: number; height: number; data: Float32Array }): At =>
  (x, y) =>
    data[within(0, y, height - 1) * width + within(0, x, width - 1)]!;

/** The same in 1/16. */
export const samplesOf = (plane: { width: number; height: number; data: Float32Array }): At => {
  const value = valuesOf(plane);
  return (x, y) => within(-8191, Math.floor(16 * value(x, y) + 0.5), 8191);
};

/** Group and turn of the first channel's block (bx, by), by codec-spec.md. */
export function classOf(s: At, bx: number, by: number, coded: number, step: number): [number, number] {
  const pairs = [[1, 0], [0, 1], [1, 1], [-1, 1]] as const; // biome-ignore format: a list
  const [r0, r1, r2, r3] = pairs.map(([dx, dy]) => {
    let sum = 0;
    for (let y = 8 * by; y < 8 * by + 8; y++)
      for (let x = 8 * bx; x < 8 * bx + 8; x++)
        if ((x + y) % 2 === 0) sum += Math.abs(2 * s(x, y) - s(x - dx, y - dy) - s(x + dx, y + dy));
    return sum;
  }) as [number, number, number, number];
  const activity = [0.05, 0.12, 0.25, 0.6].filter(t => r0 + r1 > Math.floor(1024 * step * t)).length;
  const [A, a, B, b] = [Math.max(r0, r1), Math.min(r0, r1), Math.max(r2, r3), Math.min(r2, r3)];
  let direction = 0;
  let turn = 0;
  if (A * b > B * a) {
    if (5 * A > 9 * a) direction = 1;
    if (direction && r1 > r0) turn = 1;
  } else {
    if (5 * B > 9 * b) direction = 2;
    if (direction && r3 > r2) turn = 2;
  }
  return [GROUP_OF_CLASS[(activity * 3 + direction) * 2 + coded]!, turn];
}

/** The taps of codec-spec.md, pixel by pixel: sample (x, y) of the restored channel in 1/16. */
export function filtered(
  s: At,
  x: number,
  y: number,
  group: number,
  turn: number,
  filter: number[],
  step: number,
): number {
  const wide = Math.floor(32 * step + 0.5);
  const narrow = Math.floor(3.2 * step + 0.5);
  let sum = 128;
  [[1, 0], [0, 1], [1, 1], [-1, 1], [2, 0], [0, 2]].forEach(([px, py], pair) => {
    let [dx, dy] = [px!, py!];
    if (turn === 1) [dx, dy] = [dy, dx];
    if (turn === 2) dx = -dx;
    const a = s(x + dx, y + dy) - s(x, y);
    const b = s(x - dx, y - dy) - s(x, y);
    [wide, narrow].forEach((t, n) => {
      const at = group * TAPS + pair + 6 * n;
      sum += 4 * (MEAN_FILTERS[at]! + filter[at]!) * (within(-t, a, t) + within(-t, b, t));
    });
  }); // biome-ignore format: a list
  return s(x, y) + Math.floor(sum / 256);
}

/** The simple filter of codec-spec.md: sample (x, y) of the restored channel before it is rounded to single precision. */
export function smoothed(v: At, x: number, y: number, coded: number, step: number): number {
  const t = 0.08 * step;
  const s = v(x, y);
  const f = (a: number): number => Math.abs(a + (t - s)) - Math.abs(a - (t + s));
  const sum = f(v(x - 2, y)) + f(v(x + 2, y)) + f(v(x, y - 2)) + f(v(x, y + 2));
  return s + (coded ? 7 / 64 : 7 / 32) * sum;
}
