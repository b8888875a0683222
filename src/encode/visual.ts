import type { Weights } from '../planes/weights.js';

/** The eye's measure, fitted to SSIMULACRA 2 on photographs: bench/rate-distortion.md. */
export const VISUAL: Weights = {
  plane0: 5,
  luma: 19,
  chroma: 8,
  chromaRise: 16,
  activity: 2,
  texture: 2,
};
