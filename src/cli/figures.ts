import type { Raster } from '../core/raster.js';

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

/** A number with one decimal, for JSON. */
export const tenths = (value: number): number => Math.round(value * 10) / 10;

/** A line of a description: its label, and what it says. */
export const field = (label: string, text: string): string => `  ${label.padEnd(10)} ${text}`;
