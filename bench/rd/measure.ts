import { msSsim } from '../../src/metrics/ms-ssim.js';
import { codecNamed } from './codecs.js';
import { loadRgb, psnrRgb, type Rgb, rasterOf } from './pictures.js';
import type { Row } from './rows.js';

/** One picture through one codec at some settings. */
export interface Job {
  /** Path of a PNG file. */
  file: string;
  codec: string;
  settings: number[];
  /** Stop after the first file of more bits a pixel. */
  enough?: number;
  /** Measure MS-SSIM of luma too. */
  ssim: boolean;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

let last: { file: string; picture: Promise<Rgb> } | undefined;

/** The picture of a file; the last one is kept, since jobs of one picture come in a row. */
function pictureOf(file: string): Promise<Rgb> {
  if (last?.file !== file) last = { file, picture: loadRgb(file) };
  return last.picture;
}

/** Encodes, decodes and measures; rejects, naming picture, codec and setting, if a codec fails. */
export async function measure({ file, codec, settings, enough = Infinity, ssim }: Job): Promise<Row[]> {
  const picture = await pictureOf(file);
  const { name, width, height, data } = picture;
  const rows: Row[] = [];
  for (const setting of settings) {
    if (rows.length > 0 && rows.at(-1)!.bpp > enough) break;
    try {
      const coded = await codecNamed(codec).run(picture, setting);
      const ms = ssim ? msSsim(rasterOf(picture), rasterOf({ ...picture, data: coded.data })) : undefined;
      rows.push({
        image: name,
        w: width,
        h: height,
        codec,
        setting,
        bytes: coded.bytes,
        bpp: round((8 * coded.bytes) / (width * height), 5),
        psnr_rgb: round(psnrRgb(data, coded.data), 4),
        ...(ms !== undefined && { msssim_y: round(ms, 5) }),
        enc_ms: round(coded.encodeMs, 1),
        dec_ms: round(coded.decodeMs, 1),
      });
    } catch (error) {
      throw new Error(`${name}, ${codec}, setting ${setting}: ${(error as Error).message}`, { cause: error });
    }
  }
  return rows;
}
