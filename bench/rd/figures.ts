import { ssimulacra2Against } from '../../src/io/score/ssimulacra2.js';
import { msSsim } from '../../src/metrics/ms-ssim.js';
import { butteraugli } from './butteraugli.js';
import { psnrRgb, type Rgb, rasterOf } from './pictures.js';

/** Figures of a decoded picture. */
export interface Figures {
  /** dB over all R, G and B samples, 8 bits each; 138.13 (an error of 1e-9) stands for exact. */
  psnr_rgb: number;
  /** SSIMULACRA 2, at most 100; undefined for a side under 8 pixels. */
  s2?: number;
  /** Five-scale MS-SSIM of BT.601 luma, 0 to 1; undefined for a side under 176 pixels. */
  msssim_y?: number;
  /** Distance by butteraugli, 3-norm: 0 is identical. */
  butteraugli?: number;
}

export type Figure = keyof Figures;

/** Measures decoded pictures, width x height x 3 samples, against one original. */
export type Measure = (decoded: Uint8Array, wanted: readonly Figure[]) => Promise<Partial<Figures>>;

const DIGITS: Readonly<Record<Figure, number>> = { psnr_rgb: 4, s2: 4, msssim_y: 6, butteraugli: 5 };

/** Settings of these measurements. */
export function figuresAgainst(original: Rgb): Measure {
  const raster = rasterOf(original);
  const score = ssimulacra2Against(raster);
  const measures: Readonly<Record<Figure, (data: Uint8Array) => Promise<number | undefined>>> = {
    psnr_rgb: async data => psnrRgb(original.data, data),
    s2: async data => (await score)(rasterOf({ ...original, data })),
    msssim_y: async data => msSsim(raster, rasterOf({ ...original, data })),
    butteraugli: async data => butteraugli(original, { ...original, data }),
  };
  return async (decoded, wanted) => {
    const figures: Partial<Figures> = {};
    for (const figure of wanted) {
      const value = await measures[figure](decoded);
      if (value !== undefined) figures[figure] = Number(value.toFixed(DIGITS[figure]));
    }
    return figures;
  };
}
