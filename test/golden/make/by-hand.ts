import { columnStates, side } from '../../../src/columns/contexts.js';
import { writeColumn } from '../../../src/columns/write.js';
import { FileSink } from '../../../src/encode/file-sink.js';
import type { Header } from '../../../src/format/header.js';
import { withStream } from '../../fuzz/files.js';
import { type Fields, planned } from './invent-picture.js';

/** A file of one layer. */
export function oneLayer(header: Header, steps: number, stream: Uint8Array, psnr = 30): Uint8Array {
  header.layers = [{ steps, psnr, ranges: [{ end: stream.length, check: 0 }] }];
  header.sizes = [1, 1, 1];
  return withStream(header, stream, true);
}

/** Layout `channel`, one row: each channel is D times one of `rights`, with the sign of `lefts`. */
export function onePixel(
  fields: Omit<Fields, 'width' | 'height'>,
  rights: readonly number[],
  lefts: readonly number[] = rights.map(() => 1),
): Uint8Array {
  const order = [...rights.keys()];
  const { header, steps } = planned({ width: 1, height: 1, layout: 'channel', rank: 1, order, ...fields });
  const { coder } = new FileSink();
  const states = columnStates();
  order.forEach(c => {
    writeColumn(coder, states, side(1), Float64Array.of(lefts[c]!));
    writeColumn(coder, states, side(1), Float64Array.of(rights[c]!));
  });
  return oneLayer(header, steps.length, coder.finish());
}
