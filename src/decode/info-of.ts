import { metadataOf } from '../format/metadata-of.js';
import { endOf, partsOf } from '../format/ranges.js';
import { VERSION } from '../format/signature.js';
import { stepOf } from '../planes/step.js';
import type { Info } from './info.js';
import type { OpenFile } from './open.js';

/** The content of the header of an open file. */
export function infoOf({ header, steps, start, layers: whole, complete, size }: OpenFile): Info {
  const { compact, tiles, colour, order, weights, part, cut, extensions, ...shown } = header;
  let most = 0;
  let read = 0;
  const layers = header.layers.map(layer => {
    while (read < layer.steps) most = Math.max(most, steps[read++]!.rank);
    return { rank: most, bytes: start + endOf(layer), psnr: layer.psnr };
  });
  const { rank, psnr } = layers[whole - 1] ?? { rank: 0, psnr: Number.NaN };
  return {
    version: `${VERSION.major}.${VERSION.minor}`,
    ...shown,
    tune: weights ? 'visual' : 'psnr',
    step: stepOf(header.step),
    parts: partsOf(header).channels.count,
    metadata: metadataOf(extensions),
    bytes: size,
    complete,
    rank,
    psnr,
    layers: compact ? [] : layers,
  };
}
