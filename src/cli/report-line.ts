import type { Raster } from '../core/raster.js';
import type { FileReport } from '../io/index.js';

/** 12345 -> '12,345'. */
export const count = (value: number): string => value.toLocaleString('en-US');

const KINDS = { 1: 'grey', 2: 'grey + alpha', 3: 'RGB', 4: 'RGBA' } as const;

/** '768 x 512, RGB, 8 bits a sample'. */
export const format = ({ width, height, channels, bitDepth }: Omit<Raster, 'data'>): string =>
  `${count(width)} x ${count(height)}, ${KINDS[channels]}, ${bitDepth} bits a sample`;

/** dB with two decimals; 'exact' for a lossless picture, 'unknown' if the file does not say. */
export function decibels(psnr: number): string {
  if (Number.isNaN(psnr)) return 'PSNR unknown';
  return psnr === Number.POSITIVE_INFINITY ? 'exact' : `${psnr.toFixed(2)} dB`;
}

/**
 * 'photo.png -> photo.lrk: 768 x 512, 45,123 bytes, 0.918 bpp, 38.21 dB, rank 64, 1.2 s'. With `from`, the bytes are those of the part of
 * an .lrk file that was decoded. 'at least 38.21 dB' where that is a lower bound.
 */
export function reportLine(report: FileReport, from: boolean): string {
  const { input, output, width, height, bytes, bpp, psnr, bound, rank, milliseconds } = report;
  return (
    `${input} -> ${output}: ${width} x ${height}, ${from ? 'from ' : ''}${count(bytes)} bytes, ${bpp.toFixed(3)} bpp, ` +
    `${bound ? 'at least ' : ''}${decibels(psnr)}, rank ${rank}, ${(milliseconds / 1000).toFixed(1)} s`
  );
}
