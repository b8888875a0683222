import type { Weights } from '../planes/weights.js';

/** The eye's measure, fitted to SSIMULACRA 2 on photographs: bench/rate-distortion.md. */
export const VISUAL: Weights = {
  plane0: 5,
  luma: 21,
  chroma: 10,
  chromaRise: 15,
  activity: 2,
  texture: 2,
  ...(globalThis as { VISUAL?: Partial<Weights> }).VISUAL,
};
