import { bitsPerPixel } from '../../src/metrics/bits-per-pixel.js';
import { figuresAgainst, type Measure } from '../rd/figures.js';
import type { Rgb } from '../rd/pictures.js';
import type { Row } from '../rd/rows.js';
import type { Entry } from './field.js';

/** Encodes, decodes and measures; `enc_ms` is the wall time of this encode. */
async function pointOf(
  { name: codec, codec: coder }: Entry,
  picture: Rgb,
  setting: number,
  measure: Measure,
): Promise<Row> {
  const started = performance.now();
  const made = await coder.encodeTimed?.(picture, setting);
  const file = made?.file ?? (await coder.encode(picture, setting));
  const ms = made?.ms ?? performance.now() - started;
  const figures = await measure(await coder.decode(file, picture), ['psnr_rgb', 's2']);
  const { name: image, width: w, height: h } = picture;
  return {
    ...{ image, w, h, codec, setting, bytes: file.length, bpp: bitsPerPixel(file.length, w, h) },
    ...{ psnr_rgb: figures.psnr_rgb!, ...figures },
    enc_ms: ms,
  };
}

/**
 * All entries at all their settings on all pictures. They take turns, so that what else the machine does meets all alike. Each has encoded
 * once before.
 */
export async function allPoints(
  entries: readonly Entry[],
  pictures: readonly Rgb[],
  tell: (done: number, of: number) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  const most = Math.max(...entries.map(({ settings }) => settings.length));
  const total = pictures.length * entries.reduce((sum, { settings }) => sum + settings.length, 0);
  for (const { codec, settings } of entries) await codec.encode(pictures[0]!, settings[0]!);
  for (const picture of pictures) {
    const measure = figuresAgainst(picture);
    for (let n = 0; n < most; n++)
      for (const entry of entries) {
        const setting = entry.settings[n];
        if (setting === undefined) continue;
        rows.push(await pointOf(entry, picture, setting, measure));
        tell(rows.length, total);
      }
  }
  return rows;
}
