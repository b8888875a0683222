import { type Plane, plane } from '../core/plane.js';
import { emptyFactor, stepAt } from '../planes/factor.js';
import { ORDER8 } from '../planes/order.js';
import { recompose } from '../planes/recompose.js';
import { stepOf } from '../planes/step.js';
import { unfold } from '../runs/unfold.js';
import type { Atom, BlockFactored, Factored } from './dissection.js';
import { termsOfChannel } from './terms-of-channel.js';

/** Pixels a side of an atom's picture in layout `block`: a block and half of each neighbour, as far as the overlap reaches. */
const ATOM_SIDE = 16;

/** Three by three blocks, with the atom in the middle one. */
const AROUND = { block: 8, cols: 3, rows: 3 } as const;
const MIDDLE = 4;

/**
 * A column of V as a picture. Layout `block`: ATOM_SIDE x ATOM_SIDE, what a weight of 1 adds to a picture, including the overlap with its
 * neighbours. Layout `channel`: the row that V is, as wide as the picture and 1 high.
 */
export function atomPicture(from: Factored, { channel, column }: Atom): Plane {
  if (from.layout === 'channel') {
    const term = termsOfChannel(from, channel)[column];
    const { width } = from.file.header;
    return { width, height: 1, data: term?.right ? Float32Array.from(term.v) : new Float32Array(width) };
  }
  const factor = emptyFactor(AROUND);
  factor.values[ORDER8[column]! * factor.places + factor.positions[MIDDLE]!] = 1;
  factor.plane0 = Float64Array.from(factor.values.subarray(0, factor.places));
  factor.ends.fill(factor.size);
  const { data, width } = recompose(factor, 1, factor.size, from.bases[channel]);
  const out = plane(ATOM_SIDE, ATOM_SIDE);
  const margin = (width - ATOM_SIDE) / 2;
  for (let y = 0; y < ATOM_SIDE; y++) {
    const row = (y + margin) * width + margin;
    out.data.set(data.subarray(row, row + ATOM_SIDE), y * ATOM_SIDE);
  }
  return out;
}

/**
 * A column of U as a picture, in units of 1 / 255 of the peak. Layout `block`: a plane, one sample a block. Layout `channel`: the column
 * that U is, 1 wide and as high as the picture.
 */
export function planePicture(from: Factored, { channel, column }: Atom): Plane {
  if (from.layout === 'channel') {
    const term = termsOfChannel(from, channel)[column];
    const { height } = from.file.header;
    return { width: 1, height, data: term?.right ? Float32Array.from(term.u) : new Float32Array(height) };
  }
  const { cols, rows } = from.factors.channels[channel]!;
  const out = plane(cols, rows);
  for (let b = 0; b < out.data.length; b++) out.data[b] = weightOf(from, channel, b, column);
  return out;
}

/** The weight of an atom in block b, an element of U, in units of 1 / 255 of the peak. */
export function weightOf(from: BlockFactored, channel: number, b: number, column: number): number {
  const factor = from.factors.channels[channel]!;
  const i = factor.positions[b]!;
  const k = ORDER8[column]!;
  const value = column ? unfold(factor, i, k) : factor.plane0[i]!;
  return (value * stepAt(factor, i, k) * stepOf(from.file.header.step)) / 2;
}
