import { hasAlpha, type Raster } from '../core/raster.js';
import { IoError } from '../io/errors.js';
import { type Score, ssimulacra2Against } from '../io/score/ssimulacra2.js';

/** How pictures are scored against a raster, or one sentence on why they are not. */
export interface Scorer {
  score?: Score;
  note?: string;
}

/**
 * SSIMULACRA 2 against a raster, if it can be measured: calc-s2-rust is installed, no alpha, no side under 8 pixels. With `wanted` false
 * there is neither a score nor a note.
 *
 * @throws IoError UNSUPPORTED if `wanted` is true and calc-s2-rust cannot be loaded
 */
export async function scorerOf(raster: Raster, wanted?: boolean): Promise<Scorer> {
  if (wanted === false) return {};
  try {
    const score = await ssimulacra2Against(raster);
    if (hasAlpha(raster.channels)) return { note: 'SSIMULACRA 2 knows no alpha: not measured' };
    if (Math.min(raster.width, raster.height) < 8)
      return { note: 'SSIMULACRA 2 needs 8 pixels a side: not measured' };
    return { score };
  } catch (error) {
    if (wanted || !(error instanceof IoError)) throw error;
    return {
      note: 'SSIMULACRA 2 not measured: it needs the package calc-s2-rust (npm install calc-s2-rust)',
    };
  }
}
