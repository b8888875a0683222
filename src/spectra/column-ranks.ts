import { RangeDecoder } from '../bits/range-decoder.js';
import { columnStates, side } from '../columns/contexts.js';
import { readColumn } from '../columns/read.js';
import { directedColumn } from '../columns/recompose.js';
import { synthesise } from '../columns/wavelet.js';
import type { Raster } from '../core/raster.js';
import type { OpenFile } from '../decode/open.js';
import { makeFile } from '../encode/code-columns.js';
import { type TermStep, writeTerms } from '../encode/terms.js';
import { stepOf } from '../format/step.js';
import { fixedLength } from './fixed-length.js';
import type { RankWriter } from './rank-writer.js';

/** Files of the first columns of a file of layout `channel`. */
export function columnRanks(whole: Uint8Array, file: OpenFile, raster: Raster): RankWriter {
  const { header } = file;
  const terms = readTerms(whole, file);
  return rank => {
    const turns = new Array<number>(header.channels).fill(0);
    const kept = terms.filter(({ channel }) => turns[channel]!++ < rank);
    const coded = writeTerms(raster, header.channels, kept);
    const { bytes } = makeFile({ raster, colour: header.colour }, header.step, coded, {});
    const bits = kept.map(({ term }) => fixedLength(term.left) + (term.right ? fixedLength(term.right) : 0));
    return { bytes, fixedBits: bits.reduce((sum, each) => sum + each, 0) };
  };
}

/** The terms, with the integers that stand for them: `readColumns` has only what those stand for. */
function readTerms(bytes: Uint8Array, { header, start, end, count }: OpenFile): TermStep[] {
  const { width, height, channels, order } = header;
  const coder = new RangeDecoder(bytes, start, end);
  const states = columnStates();
  const sides = Array.from({ length: channels }, () => ({ left: side(height), right: side(width) }));
  return order.slice(0, count).map(channel => {
    const of = sides[channel]!;
    const left = readColumn(coder, states, of.left);
    const u = left.slice();
    if (!directedColumn(u, stepOf(header.step)))
      return { channel, term: { left, right: undefined, u, v: u, gain: 0, bits: 0 } };
    const right = readColumn(coder, states, of.right);
    const v = right.slice();
    synthesise(v);
    return { channel, term: { left, right, u, v, gain: 0, bits: 0 } };
  });
}
