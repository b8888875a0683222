import { symmetricEigen } from '../../algebra/symmetric-eigen.js';
import { matrix } from '../../core/matrix.js';
import { decodeSequence, inspectSequence } from '../../sequence/index.js';
import type { ClipParts } from '../protocol.js';

/** The grey for zero, and the gain for the rest. */
const [MIDDLE, GAIN] = [128, 1];

/**
 * Decodes a clip and stacks its frames as the rows of a matrix. Its best approximation of rank one is one picture times a light that
 * changes from frame to frame. It follows from the products of the frames, a matrix with as many rows and columns as there are frames.
 */
export function clipParts(bytes: Uint8Array): ClipParts {
  const { width, height, duration, frames: count } = inspectSequence(bytes);
  const frames = Array.from(
    decodeSequence(bytes),
    ({ data }) => Uint8ClampedArray.from(data) as Uint8ClampedArray<ArrayBuffer>,
  );
  const gram = matrix(count, count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      const product = productOf(frames[i]!, frames[j]!);
      gram.data[i * gram.stride + j] = product;
      gram.data[j * gram.stride + i] = product;
    }
  const { values, vectors } = symmetricEigen(gram);
  const lights = Float64Array.from({ length: count }, (_, i) => vectors.data[i * vectors.stride]!);
  const pattern = new Float64Array(frames[0]!.length);
  frames.forEach((frame, i) => {
    for (let p = 0; p < pattern.length; p++) pattern[p]! += lights[i]! * frame[p]!;
  });
  const picture = (valueAt: (p: number) => number): Uint8ClampedArray<ArrayBuffer> => {
    const out = new Uint8ClampedArray(pattern.length);
    for (let p = 0; p < out.length; p++) out[p] = (p & 3) === 3 ? 255 : Math.round(valueAt(p));
    return out;
  };
  return {
    width,
    height,
    beat: duration / count,
    frames,
    backgrounds: frames.map((_, i) => picture(p => lights[i]! * pattern[p]!)),
    rests: frames.map((frame, i) => picture(p => MIDDLE + GAIN * (frame[p]! - lights[i]! * pattern[p]!))),
    kept: values[0]! / values.reduce((total, value) => total + value, 0),
  };
}

/** Sum of the products of the colours of two frames. */
function productOf(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let total = 0;
  for (let p = 0; p < a.length; p += 4)
    total += a[p]! * b[p]! + a[p + 1]! * b[p + 1]! + a[p + 2]! * b[p + 2]!;
  return total;
}
