import type { Weights } from '../planes/weights.js';

/** The eye's measure, fitted to SSIMULACRA 2 on photographs: bench/rate-distortion.md. */
export const VISUAL: Weights = {
  plane0: 3,
  luma: 16,
  chroma: 8,
  chromaRise: 14,
  activity: 2,
  texture: 2,
};
