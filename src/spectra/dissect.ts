import { columnStates, side } from '../columns/contexts.js';
import { readColumn } from '../columns/read.js';
import { directedColumn } from '../columns/recompose.js';
import { synthesise } from '../columns/wavelet.js';
import { readBlocks } from '../decode/blocks.js';
import { type OpenFile, openFile } from '../decode/open.js';
import type { TermStep } from '../encode/columns/terms.js';
import { rankOf } from '../planes/schedule.js';
import { stepOf } from '../planes/step.js';
import type { Dissection } from './dissection.js';

/** Takes an .lrk file apart: bits -> factors, which are kept. Throws CodecError as `decode` does. */
export function dissect(bytes: Uint8Array): Dissection {
  const file = openFile(bytes);
  const columns = rankOf(file.steps.slice(0, file.count));
  if (file.header.layout === 'channel') return { layout: 'channel', file, columns, terms: readTerms(file) };
  const { bases, factors, filters } = readBlocks(file);
  return { layout: 'block', file, columns, bases, factors, filters };
}

/** The terms of layout `channel` with their stored integers; `readColumns` only gives their values. */
function readTerms({ header, coder: coderOf, steps, count }: OpenFile): TermStep[] {
  const coder = coderOf(0);
  const { width, height, channels } = header;
  const states = columnStates();
  const sides = Array.from({ length: channels }, () => ({ left: side(height), right: side(width) }));
  return steps.slice(0, count).map(({ channel }) => {
    const { left: leftSide, right: rightSide } = sides[channel]!;
    const left = readColumn(coder, states, leftSide);
    const u = left.slice();
    if (!directedColumn(u, stepOf(header.step)))
      return { channel, term: { left, right: undefined, u, v: u, gain: 0, bits: 0 } };
    const right = readColumn(coder, states, rightSide);
    const v = right.slice();
    synthesise(v);
    return { channel, term: { left, right, u, v, gain: 0, bits: 0 } };
  });
}
