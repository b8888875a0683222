import { AdaptiveBits } from '../../../src/bits/adaptive.js';
import { colourCount, hasAlpha } from '../../../src/core/raster.js';
import { readColumns } from '../../../src/decode/columns.js';
import type { OpenFile } from '../../../src/decode/open.js';
import { type Basis, SYMBOL_CONTEXTS } from '../../../src/factors/rotation.js';
import { writeBases } from '../../../src/factors/write-basis.js';
import type { Header } from '../../../src/format/header.js';
import { joined } from '../../../src/format/joined.js';
import { partsOf } from '../../../src/format/ranges.js';
import { COMPACT_SIGNATURE } from '../../../src/format/signature.js';
import { writeCompactFields } from '../../../src/format/write-header.js';
import { WHOLE } from '../../../src/planes/factor.js';
import { factorReader, readStep, settledFactors } from '../../../src/planes/read-factors.js';
import { plainOrder, type Step, stepsOf } from '../../../src/planes/schedule.js';
import { stepsOfSizes } from '../../../src/rates/sizes.js';
import { readFilters } from '../../../src/restore/read-filter.js';
import { withStream } from '../../fuzz/files.js';
import { type Decide, Inventor } from './inventor.js';

/** A header without its index. */
export type Fields = Partial<Omit<Header, 'layers' | 'sizes' | 'cut'>> & Pick<Header, 'width' | 'height'>;

/** The parameters of an invented picture. */
export interface Invention {
  fields: Fields;
  decide: Decide;
  /** The basis of each channel; undefined for the DCT basis. Default: none has its own. */
  bases?: (Basis | undefined)[];
  /** Number of steps up to the end of each layer but the last. Default: one layer. */
  layers?: number[];
  /** Leave out the trailer and everything else after the stream. */
  prefix?: boolean;
}

const DEFAULTS: Omit<Header, 'width' | 'height' | 'order' | 'layers'> = {
  compact: false,
  layout: 'block',
  channels: 3,
  bitDepth: 8,
  tiles: false,
  // D = 2
  step: 0x700,
  rank: 64,
  colour: [212, 163, -137],
  part: WHOLE,
  cut: false,
  sizes: [],
  extensions: [],
};

/** A complete header, and the schedule. */
export function planned(fields: Fields): { header: Header; steps: Step[] } {
  const { channels = 3, rank = DEFAULTS.rank, tiles = false, layout } = fields;
  const order = fields.order ?? plainOrder(channels, rank);
  const header: Header = { ...DEFAULTS, ...fields, order, layers: [] };
  if (hasAlpha(channels)) header.psnrAlpha = 33;
  // Turns beyond channels times rank are not read.
  const turns = order.slice(0, channels * rank);
  return { header, steps: stepsOf(channels, turns, rank, tiles, layout === 'channel') };
}

/** Invents a picture. The file has correct checks and an index with meaningless PSNRs. */
export function inventPicture({ fields, decide, bases = [], layers = [], prefix }: Invention): Uint8Array {
  const { header, steps } = planned(fields);
  const { channels, layout, compact } = header;
  const ends = [...layers, steps.length];
  const coder = new Inventor(decide);
  const inventors = ({ count }: { count: number }): Inventor[] =>
    Array.from({ length: count > 1 ? count : 0 }, () => new Inventor(decide));
  const { thumbs, channels: ofChannels } = partsOf(header);
  const levels = inventors(thumbs);
  const parts = inventors(ofChannels);
  const coders = [coder, ...levels, ...parts];
  if (compact) writeCompactFields(coder.encoder, header);
  const done = (steps: number): void => {
    if (ends.includes(steps)) for (const of of coders) of.mark();
  };
  if (layout === 'channel') {
    let step = 0;
    const open = { header, steps, count: steps.length, coder: () => coder } as unknown as OpenFile;
    if (!steps.length) done(0);
    readColumns(open, () => done(++step));
  } else {
    const states = new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS));
    const of = Array.from({ length: channels }, (_, c) => bases[c]);
    writeBases(
      {
        bit(context, bit) {
          coder.encoder.bit(bit, states.probability(context));
          states.update(context, bit);
        },
        even: bit => coder.encoder.bits(1, bit),
      },
      of,
    );
    const reader = factorReader(coder, header, levels, parts);
    coder.lively.add(reader.states);
    parts.forEach((part, n) => {
      part.lively.add(reader.parts[n]!.states);
    });
    steps.forEach((step, i) => {
      readStep(reader, header, step, of);
      done(i + 1);
    });
    settledFactors(reader, header);
    readFilters(coder, colourCount(channels));
  }
  const finished = coders.map(of => of.finish());
  if (compact) return joined([COMPACT_SIGNATURE, finished[0]!.bytes]);
  const pieces: Uint8Array[] = [];
  let end = 0;
  header.layers = ends.map((steps, i) => ({
    steps,
    psnr: 30 + i,
    ranges: finished.map(({ bytes, ends }) => {
      const from = ends[i - 1] ?? 0;
      pieces.push(bytes.subarray(from, ends[i]));
      end += ends[i]! - from;
      return { end, check: 0 };
    }),
  }));
  const whole = layout === 'channel' || bases.some(of => of?.rotations.length);
  header.sizes = stepsOfSizes(steps, channels, whole).map(
    needed => ends.findIndex(end => end >= needed) + 1 || ends.length,
  );
  return withStream(header, joined(pieces), !prefix);
}
