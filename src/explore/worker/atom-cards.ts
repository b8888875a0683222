import { type Plane, plane } from '../../core/plane.js';
import { atomPicture, planePicture } from '../../spectra/atom-pictures.js';
import type { Atom, Factored } from '../../spectra/dissection.js';
import type { AtomPictures, ChannelSummary } from '../protocol.js';
import { shrink, toGreys } from './pixels.js';

/** Longer side of a plane on its card, in pixels. */
const CARD = 128;
/** Layout `channel` may have hundreds of terms: only the first ones get cards. */
const MOST_CARDS = 96;

/** The pictures of all atoms in use, channel after channel. */
export function* atomCards(parts: Factored, channels: ChannelSummary[]): Generator<AtomPictures> {
  for (const [channel, { energies }] of channels.entries())
    for (const [column, energy] of energies.slice(0, MOST_CARDS).entries()) {
      if (energy === 0) continue;
      const place = { channel, column };
      const atom = atomPicture(parts, place);
      const column0 = planePicture(parts, place);
      yield parts.layout === 'block'
        ? { ...place, atom: toGreys(atom), plane: toGreys(shrink(column0, CARD)) }
        : termCard(place, column0, atom);
    }
}

/** A term, and its column and row, with the sign that makes the row bright. */
function termCard(atom: Atom, u: Plane, v: Plane): AtomPictures {
  const sign = v.data.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1;
  const [column, row] = [u, v].map(vector => ({ ...vector, data: vector.data.map(value => sign * value) }));
  return {
    ...atom,
    atom: toGreys(shrink(row!, CARD)),
    plane: toGreys(product(u, v)),
    column0: toGreys(shrink(column!, CARD)),
  };
}

/** u v^T, shrunk: the mean of an outer product is the outer product of the means. */
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

/** Means of this many runs of nearly equal length. */
function meansOf(values: Float32Array, runs: number): Float32Array {
  return new Float32Array(runs).map((_, i) => {
    const from = Math.floor((i * values.length) / runs);
    const to = Math.floor(((i + 1) * values.length) / runs);
    return values.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  });
}
