import type { ClipReport } from '../io/index.js';
import { count, decibels } from './figures.js';

/**
 * 'clip.gif -> clip.lrk: 48 frames of 320 x 240, 2.00 s, 45,123 bytes, 0.098 bpp, 36.21 dB, took 9.1 s', or of one picture
 * 'clip.lrk -> 7.png: frame 7, 320 x 240, from 9,123 bytes, 0.950 bpp, took 0.2 s'. With `from`, the bytes are those that were read.
 */
export function clipLine(report: Omit<ClipReport, 'notes'>, from: boolean): string {
  const {
    input,
    output,
    frames,
    frame,
    background,
    width,
    height,
    duration,
    bytes,
    bpp,
    psnr,
    milliseconds,
  } = report;
  const one = frame !== undefined ? `frame ${frame}, ` : background ? 'background, ' : undefined;
  const what = one ?? `${frames} frames of `;
  const time = one ? '' : `${(duration / 1000).toFixed(2)} s, `;
  const quality = Number.isNaN(psnr) ? '' : `${decibels(psnr)}, `;
  return (
    `${input} -> ${output}: ${what}${width} x ${height}, ${time}` +
    `${from ? 'from ' : ''}${count(bytes)} bytes, ${bpp.toFixed(3)} bpp, ${quality}took ${(milliseconds / 1000).toFixed(1)} s`
  );
}
