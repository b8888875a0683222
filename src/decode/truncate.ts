import { CodecError } from '../core/errors.js';
import { infoOf } from './inspect.js';
import { openFile } from './open.js';

/** Where to cut: one of the three. */
export interface TruncateTarget {
  /** The last layer of at most this rank. */
  rank?: number;
  /** The first layer of at least this PSNR, dB. */
  psnr?: number;
  /** The last layer that ends within so many bytes. */
  size?: number;
}

/**
 * Cuts a file at the end of a layer, without decoding it; the result is a prefix of the bytes given. Throws TARGET when no layer meets the target,
 * OPTION unless just one target is given, a positive number, and what `inspect` throws.
 */
export function truncate(bytes: Uint8Array, target: TruncateTarget): Uint8Array {
  const given = Object.entries(target).filter(([, value]) => value !== undefined);
  if (given.length !== 1)
    throw new CodecError('OPTION', {
      field: 'target',
      got: given.map(([field]) => field).join(', '),
      expected: 'one of rank, psnr, size',
    });
  const [field, got] = given[0] as [string, number];
  if (!(typeof got === 'number' && got > 0))
    throw new CodecError('OPTION', { field, got, expected: 'a positive number' });
  const info = infoOf(openFile(bytes));
  if (info.layers.length === 0)
    throw new CodecError('TARGET', {
      field: 'layers',
      got: 'none',
      expected: 'a file with an index, not the compact form',
    });
  const { rank, psnr, size } = target;
  const present = info.layers.filter(layer => layer.bytes <= bytes.length);
  const layer =
    psnr !== undefined
      ? present.find(l => l.psnr >= psnr)
      : present.filter(l => (rank !== undefined ? l.rank <= rank : l.bytes <= size!)).at(-1);
  if (!layer)
    throw new CodecError('TARGET', {
      field,
      got,
      expected:
        psnr !== undefined
          ? `at most ${present.at(-1)!.psnr.toFixed(2)} dB`
          : `at least ${rank !== undefined ? present[0]!.rank : `${present[0]!.bytes} bytes`}`,
    });
  // The last layer of a whole file keeps the checksum.
  const whole = info.complete && layer === info.layers.at(-1) && (size === undefined || bytes.length <= size);
  return bytes.slice(0, whole ? bytes.length : layer.bytes);
}
