import { clamp, fractal, mix, smooth } from '../art/noise.js';

export type Vector = [number, number, number];

export const normalise = ([x, y, z]: Vector): Vector => {
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
};

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Towards the sun: low, on the right, slightly ahead. */
export const SUN: Vector = normalise([0.86, 0.42, 0.34]);
/** Its light, linear RGB. */
export const SUNLIGHT: Vector = [4.6, 3.35, 2.1];

/** x to the power 2^n. */
export const sharpen = (x: number, n: number): number => {
  for (let i = 0; i < n; i++) x *= x;
  return x;
};

/** Clouds at (x, z) on their plane: 0 clear to 1 dense. */
const cover = (x: number, z: number): number => {
  const wx = x + 0.9 * fractal(x * 0.6, z * 0.6, 3, 105);
  return smooth(0.47, 0.78, fractal(wx * 0.34 + 1.7, z * 0.5 + 2.2, 7, 101) + 0.05);
};

/** Light of the sky in a direction, linear RGB, with the glow of the sun and clouds. */
export function skyLight(direction: Vector, clouds: boolean): Vector {
  const up = clamp(direction[1], 0, 1);
  const rise = 1 - up;
  const fade = sharpen(rise, 2) * rise; // (1 - up)^5
  const towards = clamp(dot(direction, SUN));
  const glow = sharpen(towards, 2) * 0.35 + sharpen(towards, 5) * 0.35;
  const colour: Vector = [
    mix(0.085, 0.7, fade) + 0.9 * glow,
    mix(0.235, 0.66, fade) + 0.6 * glow,
    mix(0.6, 0.68, fade) + 0.25 * glow,
  ];
  if (!clouds || up < 0.02) return colour;
  const [x, z] = [(2.2 * direction[0]) / (up + 0.05), (2.2 * direction[2]) / (up + 0.05)];
  const dense = cover(x, z);
  if (dense <= 0) return colour;
  const lit = clamp(0.62 + 1.1 * (dense - cover(x + 0.5 * SUN[0], z + 0.5 * SUN[2])));
  const alpha = dense * smooth(0.02, 0.22, up) * 0.92;
  const shade = mix(0.45, 1, lit);
  return [
    mix(colour[0], shade * 1.45 + 0.35 * glow, alpha),
    mix(colour[1], shade * 1.27 + 0.25 * glow, alpha),
    mix(colour[2], shade * 1.15 + 0.1, alpha),
  ];
}
