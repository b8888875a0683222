import type { Plane } from '../core/plane.js';
import type { Grid } from '../matrices/blocks.js';

/** Pixels to every side of a block that its atoms reach. */
const REACH = 4;
/** Most rounds of the descent from each start. */
const ROUNDS = 24;

/**
 * The vector, in half pixels at 2 b, by which each block of `wanted` is best found in `from`: least squared difference over the block and what its atoms reach of
 * the blocks around, plus `price` for each bit of the vector's difference from its neighbour's. Descent from no motion, from the vectors of the blocks to the left,
 * above and above right, and from a coarse grid; then half pixels.
 */
export function searchMotion(wanted: Plane, from: Plane, { cols, rows }: Grid, price: number, want: (b: number) => boolean, before?: Int16Array): Int16Array {
  const vectors = new Int16Array(2 * cols * rows);
  for (let b = 0; b < cols * rows; b++) {
    if (!want(b)) continue;
    const left = (b % cols) * 8;
    const top = Math.floor(b / cols) * 8;
    const near: [number, number][] = [];
    if (b % cols) near.push([vectors[2 * b - 2]!, vectors[2 * b - 1]!]);
    if (b >= cols) near.push([vectors[2 * (b - cols)]!, vectors[2 * (b - cols) + 1]!]);
    if (b >= cols && (b + 1) % cols) near.push([vectors[2 * (b - cols) + 2]!, vectors[2 * (b - cols) + 3]!]);
    if (before) near.push([before[2 * b]!, before[2 * b + 1]!]);
    const [ex, ey] = near[0] ?? [0, 0];
    const costAt = (x: number, y: number, best: number): number => {
      const rate = price * (2 * Math.log2(1 + Math.abs(x - ex)) + 2 * Math.log2(1 + Math.abs(y - ey)));
      return rate >= best ? best : rate + difference(wanted, from, left, top, x, y, best - rate);
    };
    let [vx, vy] = [0, 0];
    let best = costAt(0, 0, Infinity);
    const attempt = (x: number, y: number): boolean => {
      if (Math.abs(x) > 126 || Math.abs(y) > 126) return false;
      const cost = costAt(x, y, best);
      if (cost >= best) return false;
      [best, vx, vy] = [cost, x, y];
      return true;
    };
    for (const [x, y] of near) attempt(x, y);
    for (let radius = 1; radius <= 5; radius++)
      for (let i = -radius; i <= radius; i++)
        for (let j = -radius; j <= radius; j++)
          if (Math.max(Math.abs(i), Math.abs(j)) === radius) attempt(i * 6, j * 6);
    for (const hop of [4, 2, 1])
      for (let round = 0; round < ROUNDS; round++) {
        const [x, y] = [vx, vy];
        let moved = false;
        for (let i = -1; i <= 1; i++) for (let j = -1; j <= 1; j++) if ((i || j) && attempt(x + i * hop, y + j * hop)) moved = true;
        if (!moved) break;
      }
    vectors[2 * b] = vx;
    vectors[2 * b + 1] = vy;
  }
  return vectors;
}

/** Squared difference of the block and its reach; gives up above `most`. */
function difference(wanted: Plane, from: Plane, left: number, top: number, right: number, down: number, most: number): number {
  const { width, height } = from;
  const [x0, fx, y0, fy] = [right >> 1, right & 1, down >> 1, down & 1];
  let sum = 0;
  for (let y = Math.max(0, top - REACH); y < Math.min(wanted.height, top + 8 + REACH); y++) {
    const a = clamp(y + y0, height) * width;
    const b = clamp(y + y0 + fy, height) * width;
    for (let x = Math.max(0, left - REACH); x < Math.min(wanted.width, left + 8 + REACH); x++) {
      const l = clamp(x + x0, width);
      const r = clamp(x + x0 + fx, width);
      const d = wanted.data[y * wanted.width + x]! - (from.data[a + l]! + from.data[a + r]! + from.data[b + l]! + from.data[b + r]!) / 4;
      sum += d * d;
    }
    if (sum >= most) return most;
  }
  return sum;
}

const clamp = (at: number, end: number): number => (at < 0 ? 0 : at < end ? at : end - 1);
