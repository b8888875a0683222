import { CodecError } from '../core/errors.js';
import { roundedDown } from '../core/rounded-down.js';
import { endOf } from '../format/ranges.js';
import { wholeFile } from '../format/whole-file.js';
import { writeHeader } from '../format/write-header.js';
import { infoOf } from './info-of.js';
import { layerOfScale } from './layer-of-scale.js';
import { checkLimits } from './limits.js';
import { type OpenFile, openFile } from './open.js';

/** Where to cut: exactly one of the four. */
export interface TruncateTarget {
  /** The last layer up to this rank. */
  rank?: number;
  /** The first layer of at least this PSNR, dB. */
  psnr?: number;
  /** 2, 4 or 8: the layer that completes a picture at 1 / scale of the width and height. */
  scale?: 2 | 4 | 8;
  /** The last layer whose file takes at most this many bytes. */
  size?: number;
}

/**
 * Cuts a file at the end of a layer, without decoding it. The result is a whole file with an index and checks of its own. It keeps all
 * extensions of the given bytes, even unknown ones. Throws TARGET if no layer meets the target, OPTION unless exactly one target is given,
 * a positive number, and what `inspect` throws for the given bytes or for the result.
 */
export function truncate(bytes: Uint8Array, target: TruncateTarget): Uint8Array {
  const given = Object.entries(target ?? {}).filter(([, value]) => value !== undefined);
  if (given.length !== 1)
    throw new CodecError('OPTION', {
      field: 'target',
      got: given.map(([field]) => field).join(', '),
      expected: 'one of rank, psnr, scale, size',
    });
  const [field, got] = given[0] as [string, number];
  if (!(typeof got === 'number' && got > 0))
    throw new CodecError('OPTION', { field, got, expected: 'a positive number' });
  if (field === 'scale' && ![2, 4, 8].includes(got))
    throw new CodecError('OPTION', { field, got, expected: '2, 4 or 8' });
  const file = openFile(bytes);
  checkLimits(file, { maxPixels: Infinity });
  if (file.header.compact)
    throw new CodecError('TARGET', {
      field: 'layers',
      got: 'none',
      expected: 'a file with an index, not the compact form',
    });
  const { rank, psnr, scale, size } = target;
  const present = infoOf(file).layers.slice(0, file.layers);
  const cut = (layers: number): Uint8Array => cutAfter(bytes, file, layers);
  let layers = 0;
  if (psnr !== undefined) layers = present.findIndex(layer => layer.psnr >= psnr) + 1;
  else if (rank !== undefined) layers = present.filter(layer => layer.rank <= rank).length;
  else if (scale !== undefined)
    layers = file.header.layers.slice(0, file.layers).indexOf(layerOfScale(file.header, scale)!) + 1;
  else
    for (let most = present.length; layers < most; ) {
      const middle = (layers + most + 1) >> 1;
      if (cut(middle).length > size!) most = middle - 1;
      else layers = middle;
    }
  if (layers) {
    const result = cut(layers);
    // In layout `channel` the limits grow with the bytes of a file, and fewer are left.
    if (file.header.layout === 'channel') checkLimits(openFile(result), { maxPixels: Infinity });
    return result;
  }
  throw new CodecError('TARGET', {
    field,
    got,
    expected:
      psnr !== undefined
        ? `at most ${roundedDown(present.at(-1)!.psnr)} dB`
        : scale !== undefined
          ? 'a file that has all of this size'
          : `at least ${rank !== undefined ? present[0]!.rank : `${cut(1).length} bytes`}`,
  });
}

/** The file of the first `count` layers; the given bytes if they are that already. */
function cutAfter(bytes: Uint8Array, { header, start, complete }: OpenFile, count: number): Uint8Array {
  if (complete && count === header.layers.length) return new Uint8Array(bytes);
  const layers = header.layers.slice(0, count);
  const extensions = header.extensions.filter(of => of.bytes.length === of.length);
  const sizes = header.sizes.map(size => Math.min(size, count));
  const head = writeHeader({ ...header, cut: true, layers, sizes, extensions });
  return wholeFile(head, bytes.subarray(start, start + endOf(layers.at(-1)!)), extensions);
}
