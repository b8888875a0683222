import type { ClipReport } from '../io/index.js';
import { count, decibels } from './figures.js';

/** 'clip.gif -> clip.lrk: 48 frames of 320 x 240, 2.0 s, 45,123 bytes, 0.098 bpp, 36.21 dB, 9.1 s'. */
export function clipLine(report: Omit<ClipReport, 'notes'>): string {
  const { input, output, frames, width, height, duration, bytes, bpp, psnr, milliseconds } = report;
  const quality = Number.isNaN(psnr) ? '' : `${decibels(psnr)}, `;
  return (
    `${input} -> ${output}: ${frames} frames of ${width} x ${height}, ${(duration / 1000).toFixed(2)} s, ` +
    `${count(bytes)} bytes, ${bpp.toFixed(3)} bpp, ${quality}took ${(milliseconds / 1000).toFixed(1)} s`
  );
}
