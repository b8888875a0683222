import { type Plane, plane } from '../../core/plane.js';
import { synthesise } from '../../matrices/kernels.js';
import { NORMS8 } from '../../matrices/lapping.js';
import { type Factor, stepAt } from '../../planes/factor.js';
import { ORDER8 } from '../../planes/order.js';
import { stepOf } from '../../planes/step.js';
import { unfold } from '../../runs/unfold.js';
import { addTerms } from '../../spectra/add-terms.js';
import { composeChannels } from '../../spectra/compose.js';
import type { Atom, BlockFactored, ColumnFactored, Factored } from '../../spectra/dissection.js';

/** Gives the channels at a rank, without some atoms. */
export type Composer = (rank: number, without?: readonly Atom[]) => Plane[];

/** Columns from one kept sum to the next, and the bytes that all of them may take. */
const STRIDE = 8;
const MOST_BYTES = 160e6;

/**
 * Puts factors together again and again. Layout `channel` keeps partial sums, so that a rank is only a few terms from a known one; without
 * atoms left out, each equals that of `composeChannels` to the bit. Layout `block`, which has many numbers before anything is coded, keeps
 * them block by block.
 */
export const composer = (from: Factored): Composer =>
  from.layout === 'channel' ? columnComposer(from) : isPlain(from) ? rowComposer(from) : blockComposer(from);

const blockComposer =
  (from: BlockFactored): Composer =>
  (rank, without) =>
    composeChannels(from, rank, without);

/** Is there nothing but U, without rotated bases and filters? That is so before anything is coded. */
const isPlain = ({ file, bases, filters, factors: { channels } }: BlockFactored): boolean =>
  !bases.some(Boolean) &&
  !filters.length &&
  file.header.width * file.header.height * channels.length * 8 <= MOST_BYTES;

function rowComposer({ file: { header }, factors: { channels } }: BlockFactored): Composer {
  const factorRows = channels.map(factor => ({ of: factor, rows: rowsOfU(factor, stepOf(header.step) / 2) }));
  return (rank, without = []) =>
    factorRows.map(({ of: factor, rows }, channel) => {
      const out = new Set(without.filter(atom => atom.channel === channel).map(({ column }) => column));
      const columns = [...ORDER8.subarray(0, rank)].filter((_, n) => !out.has(n));
      return synthesise(factor, 8, (b, x) => {
        let last = 0;
        for (const k of columns) {
          const value = rows[64 * b + k]!;
          x[k] = value;
          if (value && k > last) last = k;
        }
        return last;
      });
    });
}

/** U row after row with its runs undone, in the form that `synthesise` takes. */
function rowsOfU(factor: Factor, unit: number): Float64Array {
  const { positions, plane0 } = factor;
  const rows = new Float64Array(64 * positions.length);
  positions.forEach((i, b) => {
    for (let k = 0; k < 64; k++)
      rows[64 * b + k] = (k ? unfold(factor, i, k) : plane0[i]!) * (unit / NORMS8[k]!) * stepAt(factor, i, k);
  });
  return rows;
}

function columnComposer({ file, terms, columns }: ColumnFactored): Composer {
  const { width, height, channels } = file.header;
  const termsByChannel = Array.from({ length: channels }, (_, channel) =>
    terms.filter(step => step.channel === channel).map(({ term }) => term),
  );
  const room = Math.max(1, Math.floor(MOST_BYTES / (4 * width * height * channels)));
  const stride = Math.max(STRIDE, Math.ceil(columns / room));
  const sums = new Map<number, Plane[]>();
  const copy = (planes: Plane[] | undefined): Plane[] =>
    planes?.map(start => ({ ...start, data: start.data.slice() })) ??
    Array.from({ length: channels }, () => plane(width, height));
  return (rank, without = []) => {
    const last = Math.min(rank, columns);
    let at = Math.floor(last / stride) * stride;
    while (at > 0 && !sums.has(at)) at -= stride;
    const planes = copy(sums.get(at));
    while (at < last) {
      const to = Math.min(last, at + stride);
      for (const [c, target] of planes.entries()) addTerms(target, termsByChannel[c]!.slice(at, to));
      at = to;
      if (at % stride === 0) sums.set(at, copy(planes));
    }
    for (const { channel, column } of without) {
      const term = termsByChannel[channel]?.[column];
      if (term && column < last) addTerms(planes[channel]!, [term], -1);
    }
    return planes;
  };
}
