import { symmetricEigen } from '../algebra/symmetric-eigen.js';
import { matrix } from '../core/matrix.js';
import { colourCount, peakOf, type Raster } from '../core/raster.js';
import { gainsOfFrame } from './gains.js';
import { GAIN_UNIT } from './header.js';

/**
 * The first `count` left singular vectors of what the frames leave over the background, as pictures: differences from middle grey, each
 * stretched to the whole range. Fewer if nothing is left. (They follow from the eigenvectors of the frames x frames matrix of products: L.
 * Sirovich, "Turbulence and the dynamics of coherent structures", 1987.)
 */
export function differencesOf(frames: readonly Raster[], background: Raster, count: number): Raster[] {
  if (count < 1) return [];
  const { channels, bitDepth, data } = background;
  const colours = colourCount(channels);
  const left = frames.map(frame => {
    const gain = 1 + gainsOfFrame(frame, [background])[0]! / GAIN_UNIT;
    return Float32Array.from(frame.data, (v, i) => (i % channels < colours ? v - gain * data[i]! : 0));
  });
  const products = matrix(frames.length, frames.length);
  for (let i = 0; i < left.length; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let n = 0; n < data.length; n++) sum += left[i]![n]! * left[j]![n]!;
      products.data[i * left.length + j] = products.data[j * left.length + i] = sum;
    }
  const { values, vectors } = symmetricEigen(products);
  const middle = bitDepth === 16 ? 32_896 : 128;
  const out: Raster[] = [];
  for (let k = 0; k < count && values[k]! > 1e-6 * values[0]!; k++) {
    const sum = new Float64Array(data.length);
    left.forEach((x, t) => {
      const weight = vectors.data[t * vectors.stride + k]!;
      for (let n = 0; n < sum.length; n++) sum[n]! += weight * x[n]!;
    });
    const most = sum.reduce((high, v) => Math.max(high, Math.abs(v)), 0);
    const stretch = (peakOf(bitDepth) - middle) / most;
    out.push({ ...background, data: background.data.map((_, n) => Math.round(middle + stretch * sum[n]!)) });
  }
  return out;
}
