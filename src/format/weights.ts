import type { RangeDecoder } from '../bits/range-decoder.js';
import type { RangeEncoder } from '../bits/range-encoder.js';
import type { Weights } from '../planes/weights.js';

/** Reads the fields of weights, in order. */
export const readWeights = (coder: RangeDecoder): Weights => ({
  plane0: coder.bits(4),
  luma: coder.bits(6),
  chroma: coder.bits(5),
  chromaRise: coder.bits(6),
  activity: coder.bits(3),
  texture: coder.bits(3),
});

/** Writes the fields of weights. The mirror of readWeights. */
export function writeWeights(
  coder: RangeEncoder,
  { plane0, luma, chroma, chromaRise, activity, texture }: Weights,
): void {
  coder.bits(4, plane0);
  coder.bits(6, luma);
  coder.bits(5, chroma);
  coder.bits(6, chromaRise);
  coder.bits(3, activity);
  coder.bits(3, texture);
}
