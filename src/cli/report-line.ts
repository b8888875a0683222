import type { FileReport } from '../io/index.js';
import { count, decibels } from './figures.js';

/**
 * 'photo.png -> photo.lrk: 768 x 512, 45,123 bytes, 0.918 bpp, 38.21 dB, rank 64, 1.2 s'. With `from`, the bytes are those of the part of
 * an .lrk file that was decoded. 'at least 38.21 dB' where that is a lower bound, '41.273 bpp of the region' and '5.875 bpp at this scale'
 * where the pixels are not those of the whole picture.
 */
export function reportLine(report: FileReport, from: boolean): string {
  const { input, output, width, height, bytes, bpp, scale, region, psnr, bound, rank, milliseconds } = report;
  const over = region ? ' of the region' : scale ? ' at this scale' : '';
  return (
    `${input} -> ${output}: ${width} x ${height}, ${from ? 'from ' : ''}${count(bytes)} bytes, ${bpp.toFixed(3)} bpp${over}, ` +
    `${bound ? 'at least ' : ''}${decibels(psnr)}, rank ${rank}, ${(milliseconds / 1000).toFixed(1)} s`
  );
}
