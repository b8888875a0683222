import type { Figure } from './figures.js';

/** A figure as the axis of a comparison of curves. */
export interface Metric {
  figure: Figure;
  title: string;
  /** From a figure to the axis; larger is better. BD-rates are means over this axis. */
  scale(figure: number): number;
  /** From the axis back to the figure. */
  figureOf(scaled: number): number;
  /** What limits the curves: bits a pixel of the anchor, or the figure's own values. */
  within: 'bits' | 'scores';
  /** Decimals of a figure in a table. */
  digits: number;
}

const decibels = (similarity: number): number => -10 * Math.log10(Math.max(1e-9, 1 - similarity));
const similarity = (db: number): number => 1 - 10 ** (-db / 10);
const plain = (value: number): number => value;
const negative = (value: number): number => -value;

/** In the order of their tables. */
export const METRICS: readonly Metric[] = [
  { figure: 's2', title: 'SSIMULACRA 2', scale: plain, figureOf: plain, within: 'scores', digits: 1 },
  { figure: 'psnr_rgb', title: 'RGB PSNR', scale: plain, figureOf: plain, within: 'bits', digits: 2 },
  {
    figure: 'msssim_y',
    title: 'MS-SSIM of luma',
    scale: decibels,
    figureOf: similarity,
    within: 'bits',
    digits: 4,
  },
  {
    figure: 'butteraugli',
    title: 'butteraugli, 3-norm',
    scale: negative,
    figureOf: negative,
    within: 'bits',
    digits: 3,
  },
];
