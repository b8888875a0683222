import { clamp, fractal, hash, mix, noise, randomiser, ridges, smooth } from '../art/noise.js';

/** Cells a side of the height map. */
const N = 1024;
/** Its extent, km: x from -8 to 8, z from 0 to 16. */
const EXTENT = 16;
const CELL = EXTENT / N;
/** Side of the square that holds one tree, km. */
const TREE_CELL = 0.014;

/** Heights (km above the lake) and densities of trees (0 to 1), on the same grid. */
export interface Terrain {
  heights: Float32Array;
  forest: Float32Array;
}

/** The land before erosion: a valley that winds away between rising ranges. */
function rawHeight(x: number, z: number): number {
  const wx = x + 0.7 * (fractal(x * 0.7, z * 0.7, 3, 11) - 0.5);
  const wz = z + 0.7 * (fractal(x * 0.7, z * 0.7, 3, 12) - 0.5);
  const bend = 0.35 * (z - 3) * (1 - z / 11) * 0.55 + 0.25;
  const away = wx - bend < 0 ? bend - wx : wx - bend;
  const valley = smooth(0.35, 3.4, away * (1.15 - 0.02 * z) + smooth(6, 11, z) * 2.4);
  const range = ridges(wx * 0.34 + 4.2, wz * 0.34 + 1.7, 7, 21);
  const tall = 0.5 + 2.5 * smooth(2.5, 10, z);
  const hills = 0.35 * fractal(wx * 0.9, wz * 0.9, 5, 31);
  const shore = 0.4 * smooth(0.95, 0.1, z + 0.25 * x) + 0.12 * smooth(1.1, 0.4, z);
  return (
    -0.09 + valley * (0.12 + hills + range * tall) + 0.1 * (fractal(wx * 2, wz * 2, 4, 41) - 0.4) + shore
  );
}

/** Drops of water carry soil downhill, and valleys and gullies form as on real slopes. */
function erode(heights: Float32Array, drops: number): void {
  const random = randomiser(77);
  for (let drop = 0; drop < drops; drop++) {
    let [x, y] = [1 + random() * (N - 4), 1 + random() * (N - 4)];
    let [dx, dy, speed, water, soil] = [0, 0, 1, 1, 0];
    for (let step = 0; step < 48; step++) {
      const [i, j] = [Math.floor(x), Math.floor(y)];
      const [u, v] = [x - i, y - j];
      const at = j * N + i;
      const [a, b, c, d] = [heights[at]!, heights[at + 1]!, heights[at + N]!, heights[at + N + 1]!];
      const here = (a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v;
      if (here < -0.02) break;
      dx = 0.1 * dx - 0.9 * ((b - a) * (1 - v) + (d - c) * v);
      dy = 0.1 * dy - 0.9 * ((c - a) * (1 - u) + (d - b) * u);
      const length = Math.sqrt(dx * dx + dy * dy);
      if (length < 1e-9) break;
      dx /= length;
      dy /= length;
      [x, y] = [x + dx, y + dy];
      if (x < 1 || y < 1 || x >= N - 2 || y >= N - 2) break;
      const drop = sample(heights, x, y) - here;
      const capacity = Math.max(-drop, 0.0004) * speed * water * 5;
      let change: number; // gained by the ground
      if (drop > 0) change = Math.min(drop, soil);
      else if (soil > capacity) change = (soil - capacity) * 0.25;
      else change = -Math.min((capacity - soil) * 0.25, -drop);
      soil -= change;
      heights[at] = a + change * (1 - u) * (1 - v);
      heights[at + 1] = b + change * u * (1 - v);
      heights[at + N] = c + change * (1 - u) * v;
      heights[at + N + 1] = d + change * u * v;
      speed = Math.sqrt(Math.max(0.02, speed * speed - drop * 40));
      water *= 0.97;
    }
  }
}

function sample(map: Float32Array, x: number, y: number): number {
  const i = clamp(Math.floor(x), 0, N - 2);
  const j = clamp(Math.floor(y), 0, N - 2);
  const [u, v] = [clamp(x - i), clamp(y - j)];
  const at = j * N + i;
  return mix(mix(map[at]!, map[at + 1]!, u), mix(map[at + N]!, map[at + N + 1]!, u), v);
}

/** Draws the land and where trees grow: not on cliffs, not under water, not above the tree line. */
export function makeTerrain(): Terrain {
  const heights = new Float32Array(N * N);
  for (let j = 0; j < N; j++)
    for (let i = 0; i < N; i++) heights[j * N + i] = rawHeight(i * CELL - EXTENT / 2, j * CELL);
  erode(heights, 260_000);
  const forest = new Float32Array(N * N);
  for (let j = 1; j < N - 1; j++)
    for (let i = 1; i < N - 1; i++) {
      const at = j * N + i;
      const h = heights[at]!;
      const [gx, gz] = [heights[at + 1]! - heights[at - 1]!, heights[at + N]! - heights[at - N]!];
      const steep = Math.sqrt(gx * gx + gz * gz) / (2 * CELL);
      const patch = fractal(i * 0.022, j * 0.022, 5, 51);
      const line = 0.95 + 0.5 * (fractal(i * 0.03, j * 0.03, 3, 61) - 0.5);
      forest[at] =
        smooth(0.012, 0.03, h) *
        smooth(line, line - 0.25, h) *
        smooth(1.15, 0.75, steep) *
        smooth(0.36, 0.52, patch);
    }
  return { heights, forest };
}

/** Height of the ground at (x, z), km; near the viewer with finer bumps than the map has. */
export function groundHeight({ heights }: Terrain, x: number, z: number, detail: number): number {
  const h = sample(heights, (x + EXTENT / 2) / CELL, z / CELL);
  return detail > 0 ? h + detail * (fractal(x * 38, z * 38, 4, 71) - 0.5) : h;
}

/** Density of the forest at (x, z), 0 to 1. */
export const forestDensity = ({ forest }: Terrain, x: number, z: number): number =>
  sample(forest, (x + EXTENT / 2) / CELL, z / CELL);

/** The tree at (x, z): its height above the ground there, km, its total height, and which tree it is. */
export interface Tree {
  above: number;
  tall: number;
  kind: number;
  /** From the shaded inside of a bough, 0, to its tip, 1. */
  bough: number;
}

/** Finds the highest conifer over (x, z); `above` is 0 where there is none. */
export function treeAt(terrain: Terrain, x: number, z: number, out: Tree): Tree {
  out.above = 0;
  const [ci, cj] = [Math.floor(x / TREE_CELL), Math.floor(z / TREE_CELL)];
  for (let j = cj - 1; j <= cj + 1; j++)
    for (let i = ci - 1; i <= ci + 1; i++) {
      const tx = (i + 0.15 + 0.7 * hash(i, j, 81)) * TREE_CELL;
      const tz = (j + 0.15 + 0.7 * hash(i, j, 82)) * TREE_CELL;
      const [dx, dz] = [x - tx, z - tz];
      const tall = 0.01 + 0.018 * hash(i, j, 83) * (0.5 + noise(tx * 3, tz * 3, 84));
      const radius = 0.24 * tall + 0.0008;
      const far = dx * dx + dz * dz;
      if (far >= radius * radius || hash(i, j, 85) > forestDensity(terrain, tx, tz)) continue;
      const outward = Math.sqrt(far) / radius;
      // Boughs: lobes around the trunk, in tiers from the foot to the tip, ragged at their ends.
      const lobe = noise(
        (dx / radius / (outward + 0.05)) * 3.2 + 40 * i,
        (dz / radius / (outward + 0.05)) * 3.2 + 40 * j,
        88,
      );
      const ragged = 0.72 + 0.34 * lobe + 0.3 * noise(x * 1400, z * 1400, 86);
      const cone = clamp(1 - outward * ragged);
      const tier = 9 * cone + 0.8 * lobe;
      const step = tier - Math.floor(tier);
      const above = tall * cone * (0.93 + 0.1 * step);
      if (above > out.above) {
        out.above = above;
        out.tall = tall;
        out.kind = hash(i, j, 87);
        out.bough = step;
      }
    }
  return out;
}
