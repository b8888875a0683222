import type { Analysis } from './analyse.js';

/** What a squared error counts in the choice of levels: that of coefficient k of block b, blocks[b] x planes[k]. Plane 0's level counts 1. */
export interface Weights {
  blocks: Float32Array;
  planes: Float64Array;
}

/** What luma counts over chroma: MS-SSIM sees luma alone, but colour must not fall apart. */
const CHROMA = 0.25;
/** The constant that keeps the structural similarity of flat parts finite, (0.03 x 255)^2. */
const FLAT = 58.5;
/** Diagonal on which an error counts half: most of MS-SSIM's scales do not see the fine planes. */
const HALF = 6;

/**
 * Weights by channel for `--tune ssim`: an error counts by the square root of what structural similarity makes of it, 1 / (2 variance + FLAT)
 * (Wang et al., IEEE Trans. Image Processing 13(4), 2004, with the variance of the block itself), relative to its geometric mean over the picture, and the less
 * the finer its plane. Alpha counts 1.
 */
export function similarityWeights({ channels, originals }: Analysis): Weights[] {
  return channels.map((u, c) => {
    const blocks = new Float32Array(u.length / 64).fill(c && c < originals.length ? CHROMA : 1);
    const flat = new Float64Array(64).fill(1);
    if (c) return { blocks, planes: flat };
    // The first channel is the root of 3 times as large as luma where it is grey.
    const constant = FLAT * originals.length;
    let logs = 0;
    for (let b = 0; b < blocks.length; b++) {
      let energy = 0;
      for (let k = 1; k < 64; k++) energy += u[b * 64 + k]! ** 2;
      blocks[b] = energy / 32 + constant;
      logs += Math.log(blocks[b]!);
    }
    const mean = Math.exp(logs / blocks.length);
    return {
      blocks: blocks.map(x => Math.sqrt(mean / x)),
      planes: flat.map((_, k) => 1 / (1 + (((k >> 3) + (k & 7)) / HALF) ** 2)),
    };
  });
}
