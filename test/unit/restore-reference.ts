import { BANK, GROUP_OF_CLASS } from '../../src/restore/bank.js';
import type { ChannelFilter } from '../../src/restore/filter.js';

/** A picture function of integer samples with its edges repeated. */
export type At = (x: number, y: number) => number;

const within = (low: number, v: number, high: number): number => Math.min(Math.max(v, low), high);

/** Samples of a plane in 1/16, by codec-spec.md. */
export const samplesOf =
  ({ width, height, data }: { width: number; height: number; data: Float32Array }): At =>
  (x, y) =>
    within(
      -8191,
      Math.floor(16 * data[within(0, y, height - 1) * width + within(0, x, width - 1)]! + 0.5),
      8191,
    );

/** Group and turn of the first channel's block (bx, by), by codec-spec.md. */
export function classOf(
  s: At,
  width: number,
  height: number,
  bx: number,
  by: number,
  rank: number,
  step: number,
): [number, number] {
  const a = [0, 0, 0, 0];
  for (let cy = 2 * by - 1; cy <= 2 * by + 2; cy++)
    for (let cx = 2 * bx - 1; cx <= 2 * bx + 2; cx++)
      for (let k = 0; k < 2; k++) {
        const x = 2 * within(0, cx, width / 2 - 1) + k;
        const y = 2 * within(0, cy, height / 2 - 1) + k;
        const pairs = [[1, 0], [0, 1], [1, 1], [-1, 1]] as const; // biome-ignore format: a list
        pairs.forEach(([dx, dy], i) => {
          a[i]! += Math.abs(2 * s(x, y) - s(x - dx, y - dy) - s(x + dx, y + dy));
        });
      }
  const [a0, a1, a2, a3] = a as [number, number, number, number];
  const activity = [0.05, 0.12, 0.25, 0.6].filter(t => a0 + a1 > Math.floor(1024 * step * t)).length;
  const [hm, hn, dm, dn] = [Math.max(a0, a1), Math.min(a0, a1), Math.max(a2, a3), Math.min(a2, a3)];
  let direction = 0;
  let turn = 0;
  if (hm * dn > dm * hn) {
    direction = hm > 4 * hn ? 2 : 5 * hm > 9 * hn ? 1 : 0;
    if (direction && a1 > a0) turn = 1;
  } else {
    direction = dm > 4 * dn ? 4 : 5 * dm > 9 * dn ? 3 : 0;
    if (direction && a3 > a2) turn = 2;
  }
  return [GROUP_OF_CLASS[(activity * 5 + direction) * 4 + rank]!, turn];
}

/** The filter of codec-spec.md, pixel by pixel: sample (x, y) of the restored channel in 1/16. */
export function filtered(
  s: At,
  x: number,
  y: number,
  channel: number,
  group: number,
  turn: number,
  filter: ChannelFilter,
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
      const tap = pair + 6 * n;
      const at = (channel ? 960 : 0) + group * 12 + tap;
      let c = 4 * BANK[at]! + 4 * (filter.deltas[group]?.[tap] ?? 0);
      filter.latents.forEach((z, k) => {
        c += z * BANK[at + (k + 1) * 192]!;
      });
      sum += c * (within(-t, a, t) + within(-t, b, t));
    });
  }); // biome-ignore format: a list
  return s(x, y) + Math.floor(sum / 256);
}
