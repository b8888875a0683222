import { colourBasis } from '../colour/basis.js';
import { fromChannels } from '../colour/channels.js';
import { hasAlpha, peakOf } from '../core/raster.js';
import { BitWriter } from '../bits/bit-writer.js';
import { crc32 } from '../bits/crc32.js';
import { basisMatrix } from '../factors/rotation.js';
import { writeBasis } from '../factors/write-basis.js';
import type { Header, Layer } from '../format/header.js';
import { stepOf } from '../format/step.js';
import { writeHeader } from '../format/write-header.js';
import { recompose } from '../planes/recompose.js';
import type { Factors } from '../planes/read-factors.js';
import { plainOrder, roleOf, type Step, stepsOf, THUMB_BANDS } from '../planes/schedule.js';
import { planeStates } from '../planes/states.js';
import type { Metadata } from '../decode/inspect.js';
import { writeFactors, type PictureLevels, type PictureNotes } from '../planes/write-factors.js';
import type { Analysis } from './analyse.js';
import { CostMeter } from './costs.js';
import { FileSink } from './file-sink.js';
import { firstLevels, LAMBDA, lastBands, optimiseChannel, optimiseThumb } from './quantise.js';

/** What a file at one step size is coded with. */
export interface CodeOptions {
  /** Columns kept a channel, 1 to 64. */
  rank: number;
  /** Passes of rate-distortion optimisation. */
  passes: number;
  metadata: Metadata;
}

/** A coded file and how good it is. */
export interface Coded {
  bytes: Uint8Array;
  /** dB over all colour samples; Infinity when exact. */
  psnr: number;
}

/** Codes an analysed picture with the quantiser step of `code`. */
export function codeAtStep(analysis: Analysis, code: number, options: CodeOptions): Coded {
  const { raster } = analysis;
  const shape = { width: raster.width, height: raster.height, channels: raster.channels };
  const order = plainOrder(raster.channels, options.rank);
  const steps = stepsOf(raster.channels, order, options.rank)!;
  const levels = quantisePicture(analysis, stepOf(code), steps, options);
  const sink = new FileSink();
  const ends: number[] = [];
  for (const basis of analysis.bases) writeBasis((n, value) => sink.coder.bits(n, value), basis);
  const factors = writeFactors(sink, shape, steps, levels, undefined, step => (ends[step] = sink.coder.settled));
  const stream = sink.coder.finish();
  const quality = measure(analysis, factors, stepOf(code), options.rank);
  const layers = chooseLayers(steps, ends, stream.length, raster.channels);
  layers.at(-1)!.psnr = quality.psnr;
  const header: Header = {
    compact: false, layout: 'block', ...shape, bitDepth: raster.bitDepth, step: code, rank: options.rank,
    colour: analysis.colour, order, layers, psnrAlpha: quality.alpha,
    icc: options.metadata.icc ?? NONE, exif: options.metadata.exif ?? NONE, xmp: options.metadata.xmp ?? NONE,
  }; // biome-ignore format: the fields in their order
  return { bytes: assemble(writeHeader(header), stream), psnr: quality.psnr };
}

const NONE = new Uint8Array(0);

function assemble(head: Uint8Array, stream: Uint8Array): Uint8Array {
  const out = new BitWriter();
  const bytes = new Uint8Array(head.length + stream.length + 4);
  bytes.set(head);
  bytes.set(stream, head.length);
  out.u(32, crc32(bytes, 0, bytes.length - 4));
  bytes.set(out.bytes(), bytes.length - 4);
  return bytes;
}

/** Levels of all channels after `passes` rounds of writing to a meter and choosing anew. */
function quantisePicture(analysis: Analysis, step: number, steps: Step[], { rank, passes }: CodeOptions): PictureLevels {
  const { raster, channels, thumbs } = analysis;
  const scaled = channels.map(u => u.map(x => x / step));
  const scaledThumbs = thumbs.map(u => u.map(x => x / step));
  const blocks = analysis.grid.cols * analysis.grid.rows;
  let levels: PictureLevels = {
    channels: scaled.map(u => {
      const first = firstLevels(u);
      return { levels: first, lastBand: lastBands(first, blocks) };
    }),
    thumbs: scaledThumbs.map(firstLevels),
  };
  for (let pass = 0; pass < passes; pass++) {
    const meter = new CostMeter(planeStates());
    const notes: PictureNotes = {
      channels: scaled.map(u => ({ coefficients: new Uint32Array(u.length), alive: new Uint8Array(blocks * 8) })),
      thumbs: scaledThumbs.map(u => ({ coefficients: new Uint32Array(u.length), alive: new Uint8Array(0) })),
    };
    writeFactors(meter, { width: raster.width, height: raster.height, channels: raster.channels }, steps, levels, notes);
    levels = {
      channels: scaled.map((u, c) =>
        optimiseChannel(u, notes.channels[c]!, meter, roleOf(c, raster.channels), rank, LAMBDA, levels.channels[c]!.lastBand),
      ),
      thumbs: scaledThumbs.map((u, c) => optimiseThumb(u, notes.thumbs[c]!, meter, roleOf(c, raster.channels), LAMBDA)),
    };
  }
  return levels;
}

/** Which steps end a layer: enough bytes since the last one, and the end. */
function chooseLayers(steps: Step[], ends: number[], total: number, channels: number): Layer[] {
  const least = Math.max(40, total / 24);
  const layers: Layer[] = [];
  let from = 0;
  let bytes = 0;
  for (let step = THUMB_BANDS * channels - 1; step < steps.length; step++) {
    const last = step === steps.length - 1;
    const end = last ? total : Math.min(ends[step]!, total);
    if (!last && (layers.length > 0 && end - bytes < least || total - end < least)) continue;
    layers.push({ steps: step + 1 - from, end, psnr: 0 });
    from = step + 1;
    bytes = end;
  }
  return layers;
}

/** PSNR of what a decoder would show, colour and alpha. */
function measure(analysis: Analysis, factors: Factors, step: number, rank: number): { psnr: number; alpha: number } {
  const { raster, colour } = analysis;
  const planes = factors.channels.map((of, c) => recompose(of, factors.planes0[c]!, step, rank, analysis.bases[c] && basisMatrix(analysis.bases[c])));
  const data = fromChannels(planes, colourBasis(...colour), raster, false);
  const n = raster.channels;
  const colours = hasAlpha(n) ? n - 1 : n;
  let colourError = 0;
  let alphaError = 0;
  for (let i = 0; i < data.length; i += n) {
    for (let c = 0; c < colours; c++) {
      const d = data[i + c]! - raster.data[i + c]!;
      colourError += d * d;
    }
    if (colours < n) {
      const d = data[i + colours]! - raster.data[i + colours]!;
      alphaError += d * d;
    }
  }
  const pixels = raster.width * raster.height;
  const peak = peakOf(raster.bitDepth);
  const psnr = (error: number, samples: number): number => (error ? 10 * Math.log10((peak * peak * samples) / error) : Infinity);
  return { psnr: psnr(colourError, pixels * colours), alpha: colours < n ? psnr(alphaError, pixels) : 0 };
}
