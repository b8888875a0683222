import { type CodecError, decode, encode, inspect, type Raster, truncate } from 'lowrank';
import { crc16 } from '../../src/bits/crc16.js';
import { RangeEncoder } from '../../src/bits/range-encoder.js';
import { decode as decodeModules } from '../../src/decode/index.js';
import type { Header } from '../../src/format/header.js';
import { joined } from '../../src/format/joined.js';
import { endOf } from '../../src/format/ranges.js';
import { readHeader } from '../../src/format/read-header.js';
import { COMPACT_SIGNATURE } from '../../src/format/signature.js';
import { wholeFile } from '../../src/format/whole-file.js';
import { writeCompactFields, writeHeader } from '../../src/format/write-header.js';
import { draw, graphics } from '../properties/codec-rasters.js';
import { traceBits } from '../spec/trace.js';

/** Oblique stripes, which have predictors and rotations of their own. */
const stripes: Raster = {
  ...{ width: 64, height: 56, channels: 1, bitDepth: 8 },
  data: Uint8Array.from({ length: 64 * 56 }, (_, p) => 128 + 90 * Math.sin((p % 64) * 0.5 + (p >> 6) * 0.7)),
};

/** Small files of every form. */
const filesOf = (tune: 'visual' | 'psnr'): Record<string, Uint8Array> => ({
  'RGB with metadata': encode(draw(21, 14, 3, 8, 'photo'), {
    quality: 90,
    tune,
    metadata: {
      icc: Uint8Array.of(1, 2, 3, 4, 5),
      exif: Uint8Array.of(0, 255),
      cicp: Uint8Array.of(12, 13, 0, 1),
      xmp: new Uint8Array(20).fill(60),
    },
  }),
  'grey and alpha of 16 bits': encode(draw(13, 26, 2, 16, 'waves'), { quality: 95, tune }),
  'stripes that predict themselves': encode(stripes, { quality: 70, tune }),
  'RGBA with an exact basis': encode(draw(18, 9, 4, 8, 'edges'), {
    quality: 60,
    tune,
    basis: 'svd',
    rank: 3,
  }),
  'layout channel': encode(draw(17, 12, 3, 8, 'photo'), { quality: 80, tune, layout: 'channel' }),
  'RGB with exact cells': encode(graphics(33, 21, 3), { quality: 60, tune }),
  'grey and alpha with exact cells': encode(graphics(20, 30, 2), { quality: 85, tune }),
  'one pixel': encode(draw(1, 1, 1, 8, 'flat'), { tune }),
});

export const FILES = filesOf('visual');
/** The same without weights, which the compact form cannot store. */
export const UNWEIGHTED = filesOf('psnr');

/** The same bits in the compact form, which has no index, colour basis, weights, runs or checks; undefined if it cannot store them. */
export function compact(bytes: Uint8Array): Uint8Array | undefined {
  const { header } = readHeader(bytes);
  const { layout, bitDepth, tiles, rank } = header;
  if (layout !== 'block' || bitDepth !== 8 || tiles || rank !== 64) return undefined;
  const coder = new RangeEncoder();
  writeCompactFields(coder, { ...header, compact: true });
  const ofHeader = traceBits(() => readHeader(bytes)).length;
  const bits = traceBits(() => decodeModules(bytes)).slice(ofHeader);
  if (bits.some(({ ofRuns, bit }) => ofRuns && bit)) return undefined;
  for (const { p, bit, ofRuns } of bits) if (!ofRuns) coder.bit(bit, p);
  const stream = coder.finish();
  // The bytes of the header are present even if everything after it is zeros.
  return Uint8Array.of(...COMPACT_SIGNATURE, ...stream, ...new Uint8Array(Math.max(0, 9 - stream.length)));
}

/** The same stream behind another header, with correct checks; without `whole` it ends with the stream. */
export function withHeader(bytes: Uint8Array, changes: Partial<Header>, whole = false): Uint8Array {
  const { header, stream } = readHeader(bytes);
  return withStream(
    { ...header, ...changes },
    bytes.subarray(stream, stream + endOf(header.layers.at(-1)!)),
    whole,
  );
}

/** A stream, or the beginning of one, behind a header, with correct checks. */
export function withStream(header: Header, stream: Uint8Array, whole = false): Uint8Array {
  let from = 0;
  const layers = header.layers.map(layer => {
    const ranges = layer.ranges.map(({ end }) => {
      const check = crc16(stream, from, Math.min(end, stream.length));
      from = end;
      return { end, check };
    });
    return { ...layer, ranges };
  });
  const head = writeHeader({ ...header, layers });
  return whole ? wholeFile(head, stream, header.extensions) : joined([head, stream]);
}

/** Most pixels that a damaged file may ask for in these tests. */
const MAX_PIXELS = 1 << 16;

/** The outcome of a file: 'picture', or the code of the error. Any other error, a wrong sample count or a PSNR of NaN fails the test. */
export function outcomeOf(bytes: Uint8Array): string {
  const codes = [
    codeOf(() => {
      const { width, height, data } = decode(bytes, { maxPixels: MAX_PIXELS });
      if (data.length !== width * height * 4)
        throw new Error(`${data.length} samples for ${width} x ${height}`);
    }),
    codeOf(() => {
      const { layers, psnr, rank } = inspect(bytes);
      if (layers.length > 0 && rank > 0 && Number.isNaN(psnr)) throw new Error('no PSNR');
    }),
    codeOf(() => truncate(bytes, { rank: 1 })),
  ];
  return codes[0]!;
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'picture';
  } catch (error) {
    if ((error as Error).name !== 'CodecError') throw error;
    return (error as CodecError).code;
  }
}
