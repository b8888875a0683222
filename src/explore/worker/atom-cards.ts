import { type Plane, plane } from '../../core/plane.js';
import { atomPicture, planePicture } from '../../spectra/atom-pictures.js';
import type { Dissection } from '../../spectra/dissection.js';
import type { AtomPictures, ChannelSummary } from '../protocol.js';
import { shrink, toGreys } from './pixels.js';

/** Pixels of the longer side of a plane on its card. */
const CARD = 128;
/** Layout `channel` may have hundreds of terms: the first ones tell what there is to tell. */
export const MOST_CARDS = 96;

/** The pictures of all atoms that are in use, channel after channel. */
export function atomCards(parts: Dissection, channels: ChannelSummary[]): AtomPictures[] {
  return channels.flatMap(({ energies }, channel) =>
    energies.slice(0, MOST_CARDS).flatMap((energy, column) => {
      if (energy === 0) return [];
      const of = { channel, column };
      const atom = atomPicture(parts, of);
      const column0 = planePicture(parts, of);
      const picture = parts.layout === 'block' ? shrink(column0, CARD) : product(column0, atom);
      return { ...of, atom: toGreys(shrink(atom, CARD)), plane: toGreys(picture) };
    }),
  );
}

/** u v^T, made smaller; a mean of a product of two is the product of their means. */
function product(u: Plane, v: Plane): Plane {
  const most = Math.max(u.height, v.width);
  const side = (length: number): number => Math.max(1, Math.round((CARD * length) / most));
  const left = meansOf(u.data, Math.min(u.height, side(u.height)));
  const right = meansOf(v.data, Math.min(v.width, side(v.width)));
  const out = plane(right.length, left.length);
  left.forEach((a, y) => {
    right.forEach((b, x) => {
      out.data[y * right.length + x] = a * b;
    });
  });
  return out;
}

/** Means of as many runs, nearly alike in length. */
function meansOf(values: Float32Array, runs: number): Float32Array {
  return new Float32Array(runs).map((_, i) => {
    const from = Math.floor((i * values.length) / runs);
    const to = Math.floor(((i + 1) * values.length) / runs);
    return values.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  });
}
