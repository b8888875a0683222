import { type Plane, plane } from '../../core/plane.js';
import { addTerms } from '../../spectra/add-terms.js';
import { composeChannels } from '../../spectra/compose.js';
import type { Atom, ColumnFactored, Factored } from '../../spectra/dissection.js';

/** The channels at a rank, without some atoms. */
export type Composer = (rank: number, without?: readonly Atom[]) => Plane[];

/** Columns from one kept sum to the next, and bytes that all of them may take. */
const STRIDE = 8;
const MOST_BYTES = 160e6;

/**
 * Puts factors together again and again. Layout `channel` keeps sums on its way, so that a rank is a few terms from one that is known; each is what
 * `composeChannels` makes, to the bit, while no atom is out.
 */
export const composer = (from: Factored): Composer =>
  from.layout === 'block' ? (rank, without) => composeChannels(from, rank, without) : columnComposer(from);

function columnComposer({ file, terms, columns }: ColumnFactored): Composer {
  const { width, height, channels } = file.header;
  const own = Array.from({ length: channels }, (_, channel) =>
    terms.filter(step => step.channel === channel).map(({ term }) => term),
  );
  const room = Math.max(1, Math.floor(MOST_BYTES / (4 * width * height * channels)));
  const stride = Math.max(STRIDE, Math.ceil(columns / room));
  const sums = new Map<number, Plane[]>();
  const copy = (planes: Plane[] | undefined): Plane[] =>
    planes?.map(of => ({ ...of, data: of.data.slice() })) ??
    Array.from({ length: channels }, () => plane(width, height));
  return (rank, without = []) => {
    const last = Math.min(rank, columns);
    let at = Math.floor(last / stride) * stride;
    while (at > 0 && !sums.has(at)) at -= stride;
    const planes = copy(sums.get(at));
    while (at < last) {
      const to = Math.min(last, at + stride);
      for (const [c, of] of planes.entries()) addTerms(of, own[c]!.slice(at, to));
      at = to;
      if (at % stride === 0) sums.set(at, copy(planes));
    }
    for (const { channel, column } of without) {
      const term = own[channel]?.[column];
      if (term && column < last) addTerms(planes[channel]!, [term], -1);
    }
    return planes;
  };
}
