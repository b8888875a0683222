import type { Measurement, Variant } from './measurement.js';
import type { Mean } from './summarise.js';

/** Meaningful decimals by the name of the field. */
const DIGITS: Readonly<Record<string, number>> = {
  psnr: 4,
  metric: 4,
  ssim: 6,
  msSsim: 6,
  ssimulacra2: 3,
  bpp: 6,
  energyKept: 6,
  byRank: 2,
  byQuality: 2,
  percent: 2,
  milliseconds: 1,
  bytes: 1,
  factorBytes: 1,
};

/**
 * A measurement for JSON, with its files replaced by their sizes: rounded, null for an exact PSNR, without fields that could not be
 * measured.
 */
export const measurementObject = (measurement: Measurement): object =>
  rounded({
    ...measurement,
    variants: measurement.variants.map(({ file, ...rest }: Variant) => ({ ...rest, fileBytes: file.length })),
  }) as object;

/** The means over several pictures, for JSON. */
export const meansObject = (means: readonly Mean[]): object => rounded(means) as object;

/** The whole report as the text of a .json file: `pictures`, and `means` if there are several. */
export const toJson = (measurements: readonly Measurement[], means: readonly Mean[]): string =>
  `${JSON.stringify(
    {
      pictures: measurements.map(measurementObject),
      ...(measurements.length > 1 && { means: meansObject(means) }),
    },
    undefined,
    2,
  )}\n`;

/** Rounds numbers at all depths, by the name of the field they are in; Infinity becomes null. */
function rounded(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map(each => rounded(each, field));
  if (typeof value === 'number') {
    const digits = DIGITS[field];
    if (!Number.isFinite(value)) return null;
    return digits === undefined ? value : Number(value.toFixed(digits));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner, key)]));
}
