import { lowrankCodec } from './lowrank.js';
import { peers } from './peers.js';
import type { Rgb } from './pictures.js';

/** What a codec of the comparison made of one picture. */
export interface Coded {
  /** The whole file, in bytes. */
  bytes: number;
  /** Decoded from that file: width x height x 3 samples. */
  data: Uint8Array;
  encodeMs: number;
  decodeMs: number;
}

export interface Codec {
  /** Settings in order of rising rate; they cover about 0.05 to 2.5 bits a pixel of a photo. */
  ladder: readonly number[];
  /** Bits a pixel; no setting is tried above the first whose file is larger. Default: no such limit. */
  enough?: number;
  run(picture: Rgb, setting: number): Promise<Coded>;
}

/** Our own codec by any of its names: `lowrank`, then `-dct` or `-svd` for a basis, `-ssim` for what it is tuned for and `-e9` for an effort. */
export const isOurs = (name: string): boolean => /^lowrank(-|$)/.test(name);

/** The codec of that name; throws if there is none. */
export function codecNamed(name: string): Codec {
  const codec = isOurs(name) ? lowrankCodec(name) : peers[name];
  if (!codec)
    throw new Error(
      `unknown codec ${name}: expected lowrank[-channel][-dct|-svd][-ssim][-e1..9] or one of ${Object.keys(peers).join(', ')}`,
    );
  return codec;
}

/** `points` of the ladder, evenly spread with both ends; all of them if it has no more or `points` is 0. */
export const pickLadder = (ladder: readonly number[], points: number): number[] =>
  points < 2 || points >= ladder.length
    ? [...ladder]
    : Array.from({ length: points }, (_, i) => ladder[Math.round((i * (ladder.length - 1)) / (points - 1))]!);
