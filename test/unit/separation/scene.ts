import { random } from '../../../src/algebra/random.js';
import type { Raster, SampleCount } from '../../../src/core/raster.js';

/** The parameters of a drawn clip; see `drawScene`. */
export interface SceneOptions {
  frames?: number;
  width?: number;
  height?: number;
  channels?: SampleCount;
  bitDepth?: 8 | 16;
  /** Standard deviation, code values of 8 bits. */
  noise?: number;
  /** Light of frame t; default 1 + 0.05 sin t/4. */
  light?: (t: number) => number;
  /** Left edge of the thing in frame t, undefined without it. Default: three pixels a frame, repeating. */
  place?: (t: number) => number | undefined;
  /** A second light, only on the right third; default none. */
  lamp?: (t: number) => number;
  seed?: number;
}

/** Frames with the ground truth. */
export interface Scene {
  frames: Raster[];
  /** The mask of the thing in each frame. */
  masks: Uint8Array[];
  /** The background under a light of 1. */
  background: Raster;
}

const SIDE = 14;

/** A textured wall under changing light, a checkered thing of 14 x 14 pixels that crosses it, and noise. */
export function drawScene(options: SceneOptions = {}): Scene {
  const { frames: count = 40, width = 64, height = 48, channels = 3, bitDepth = 8, noise = 2 } = options;
  const { light = t => 1 + 0.05 * Math.sin(t / 4), place = t => ((3 * t) % 75) - 10, seed = 5 } = options;
  const next = random(seed);
  const bell = (): number => (next() + next() + next() + next() - 2) * Math.sqrt(3);
  const scale = bitDepth === 16 ? 257 : 1;
  const colours = channels > 2 ? 3 : 1;
  const wall = (x: number, y: number, c: number): number =>
    120 + 40 * Math.sin(x / 5 + c) + 30 * Math.cos(y / 7 - c) + (((x >> 3) + (y >> 3)) % 2) * 12;
  const draw = (value: (x: number, y: number, c: number) => number): Raster => {
    const data = new (bitDepth === 16 ? Uint16Array : Uint8Array)(width * height * channels);
    for (let y = 0, i = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < colours; c++)
          data[i++] = Math.round(Math.max(0, Math.min(255, value(x, y, c))) * scale);
        if (channels % 2 === 0) data[i++] = 200 * scale;
      }
    return { width, height, channels, bitDepth, data };
  };
  const masks: Uint8Array[] = [];
  const frames = Array.from({ length: count }, (_, t) => {
    const left = place(t);
    const inside = (x: number, y: number): boolean =>
      left !== undefined && x >= left && x < left + SIDE && y >= 16 && y < 16 + SIDE;
    masks.push(
      Uint8Array.from({ length: width * height }, (_, p) => +inside(p % width, Math.floor(p / width))),
    );
    return draw((x, y, c) => {
      const lamp = x * 3 >= width * 2 ? (options.lamp?.(t) ?? 0) * (40 + x - width) : 0;
      const lit = inside(x, y)
        ? (x - left! + y) % 4 < 2
          ? 235
          : 20 + 30 * c
        : wall(x, y, c) * light(t) + lamp;
      return lit + noise * bell();
    });
  });
  return {
    frames,
    masks,
    background: { ...draw(wall), ...(channels % 2 === 0 && withoutAlpha(draw(wall))) },
  };
}

function withoutAlpha({ data, channels, ...rest }: Raster): Raster {
  return {
    ...rest,
    channels: (channels - 1) as SampleCount,
    data: data.filter((_, i) => i % channels !== channels - 1),
  };
}

/** The harmonic mean of precision and recall over all frames; 1 if there is nothing to find and nothing is found. */
export function fMeasure(found: readonly Uint8Array[], truth: readonly Uint8Array[]): number {
  let [both, either] = [0, 0];
  for (const [t, mask] of truth.entries())
    for (let p = 0; p < mask.length; p++) {
      both += mask[p]! * found[t]![p]!;
      either += mask[p]! + found[t]![p]!;
    }
  return either === 0 ? 1 : (2 * both) / either;
}
