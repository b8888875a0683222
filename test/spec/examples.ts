import { RangeDecoder } from '../../src/bits/range-decoder.js';
import { colourBasis } from '../../src/colour/basis.js';
import type { Raster } from '../../src/core/raster.js';
import { openFile } from '../../src/decode/open.js';
import { readBases } from '../../src/factors/read-basis.js';
import type { Header } from '../../src/format/header.js';
import { readHeader } from '../../src/format/read-header.js';
import { decode, type EncodeOptions, encode } from '../../src/index.js';
import { readFactors } from '../../src/planes/read-factors.js';
import { stepOf } from '../../src/planes/step.js';
import { type Bit, traceBits } from './trace.js';

interface Example {
  what: string;
  raster: Raster;
  options: EncodeOptions;
}

function drawn(
  width: number,
  height: number,
  channels: 1 | 3,
  at: (x: number, y: number, c: number) => number,
): Raster {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const p = Math.floor(i / channels);
    data[i] = Math.max(0, Math.min(255, at(p % width, Math.floor(p / width), i % channels)));
  }
  return { width, height, channels, bitDepth: 8, data };
}

/** The pictures of the worked examples: a disc on a slope of colours, and a cross on grey. */
export const EXAMPLES: Record<string, Example> = {
  block: {
    what: '16 x 8 pixels, RGB, 8 bits',
    raster: drawn(16, 8, 3, (x, y, c) =>
      (x - 10) ** 2 + (y - 3) ** 2 < 8 ? [230, 90, 40][c]! : [30 + 8 * x, 120 + 10 * y, 200 - 6 * x][c]!,
    ),
    options: { quality: 50 },
  },
  channel: {
    what: '6 x 5 pixels, grey, 8 bits',
    raster: drawn(6, 5, 1, (x, y) => (x === 2 || y === 3 ? 220 : 60 + 10 * x)),
    options: { quality: 50, layout: 'channel' },
  },
};

const hex = (bytes: Iterable<number>): string =>
  Array.from(bytes, b => b.toString(16).padStart(2, '0')).join(' ');

/** Splits a list of strings into lines of this many. */
function lines(items: readonly (string | number)[], each: number): string {
  const out: string[] = [];
  for (let i = 0; i < items.length; i += each) out.push(items.slice(i, i + each).join(' '));
  return out.join('\n');
}

/** A paragraph in lines of at most 120 characters. */
const wrapped = (text: string): string => `${text.replace(/(.{1,120})(?: |$)/g, '$1\n')}`;

const fence = (text: string): string => `\`\`\`\n${text}\n\`\`\`\n`;

/** The section of an example in codec-spec.md. */
export function describeExample({ what, raster, options }: Example): string {
  const bytes = encode(raster, options);
  const { header, start } = openFile(bytes);
  const ofHeader = traceBits(() => readHeader(bytes));
  const picture = decode(bytes, { channels: 'file' });
  return [
    `${what}. The file, ${bytes.length} bytes; its stream begins at byte ${start}:\n`,
    fence(lines(hex(bytes).split(' '), 16)),
    wrapped(
      'The bits of its coded header; values are as coded, before 1 is added where the tables of sections 6 and 7 say "less 1".',
    ),
    `| field | bits | value |\n|---|---|---|\n${fieldsOf(header, ofHeader).join('\n')}\n`,
    'The same bits, each as p:bit (12):\n',
    fence(lines(ofHeader.map(shown), 12)),
    header.layout === 'block' ? describeBlocks(bytes) : '',
    header.layout === 'block' ? wrapped(countBits(bytes)) : '',
    'The bits of the stream, in the order in which they are read, each as p:bit:\n',
    fence(
      lines(
        traceBits(() => decode(bytes))
          .slice(ofHeader.length)
          .map(shown),
        12,
      ),
    ),
    'The decoded samples, one row of the picture per line:\n',
    fence(lines([...picture.data], picture.width * picture.channels)),
  ].join('\n');
}

const shown = ({ p, bit }: Bit): string => `${p}:${bit}`;

const WEIGHT_BITS = [
  ['plane0', 4],
  ['luma', 6],
  ['chroma', 5],
  ['chromaRise', 6],
  ['activity', 3],
  ['texture', 3],
] as const;

/** The fields of a coded header without extensions, as rows of a table: their bits, and the meaning of the values by section 6. */
function fieldsOf({ layout, bitDepth, channels, weights, order, layers }: Header, bits: Bit[]): string[] {
  const rows: string[] = [];
  let at = 0;
  const row = (field: string, from: number, value: number): void => {
    const text = bits.slice(from, at).map(({ bit }) => bit).join(''); // biome-ignore format: one line
    rows.push(`| ${field} | ${text} | ${value} |`);
  };
  const number = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++) value = 2 * value + bits[at++]!.bit;
    return value;
  };
  const fixed = (field: string, count: number, less = 0): void => row(field, at, number(count) - less);
  const golomb = (field: string, k: number): void => {
    const from = at;
    let value = 0;
    for (; bits[at++]!.bit; k++) value += 2 ** k;
    row(field, from, value + number(k));
  };
  fixed('layout', 1);
  if (layout === 'block' && bitDepth === 8) fixed('tiles', 1);
  fixed('step', 12);
  golomb('rank', 0);
  if (channels > 2) for (let i = 0; i < 3; i++) fixed('colour', 11, 1024);
  if (layout === 'block') {
    fixed('weighted', 1);
    if (weights) for (const [field, bits] of WEIGHT_BITS) fixed(field, bits);
    golomb('part', 0);
  }
  golomb('turns', 1);
  for (const _ of order) fixed('order', 2);
  fixed('cut', 1);
  for (const layer of layers) {
    golomb('layer steps', 0);
    golomb('layer bytes', 5);
    fixed('layer check', 16);
    golomb('layer psnr', layer === layers.at(-1) ? 11 : 6);
  }
  for (const size of ['1/8', '1/4', '1/2']) golomb(`layers of ${size}, as a difference`, 0);
  if (channels % 2 === 0) golomb('psnrAlpha', 11);
  golomb('extensions', 0);
  if (at !== bits.length) throw new Error(`${bits.length - at} bits of the header are left`);
  return rows;
}

/** The intermediate results between the stream and the samples in layout `block`. */
function describeBlocks(bytes: Uint8Array): string {
  const { header, steps, start, end } = openFile(bytes);
  const coder = new RangeDecoder(bytes, start, end);
  const bases = readBases(coder, header.channels);
  const { channels, thumbs } = readFactors(coder, header, steps, bases);
  const values = (of: (typeof channels)[number], name: string): string[] => {
    const found: string[] = [];
    for (let b = 0; b < of.cols * of.rows; b++)
      for (let k = name ? 0 : 1; k < of.size; k++) {
        const q = of.values[k * of.places + of.positions[b]!]!;
        if (q) found.push(`Q${name}(${b % of.cols}, ${Math.floor(b / of.cols)}, ${k}) = ${q}`);
      }
    return found;
  };
  const rows = channels.map((of, c) =>
    [
      `channel ${c}: basis ${bases[c] ? 'with' : 'without'} rotations`,
      `  plane 0's level: ${values(thumbs[c]!, '0').join(', ') || 'zeros'}`,
      `  P, in raster order: ${Array.from(of.positions, i => of.plane0[i]! * 256).join(' ')}`,
      `  values: ${values(of, '').join(', ') || 'none'}`,
    ].join('\n'),
  );
  return [
    `D = ${stepOf(header.step)}. T, row by row:\n`,
    fence(lines([...colourBasis(header.colour, header.weights)], 3)),
    "Values that are not zero: Q0 are those of plane 0's level, Q those of the channels, except plane 0. P is defined in 14.1.\n",
    fence(rows.join('\n')),
  ].join('\n');
}

/** How many bits of the range coder each part of a stream in layout `block` takes. */
function countBits(bytes: Uint8Array): string {
  const { header, steps, start, end } = openFile(bytes);
  const upTo = (count: number): number =>
    traceBits(() => {
      const coder = new RangeDecoder(bytes, start, end);
      readFactors(coder, header, steps.slice(0, count), readBases(coder, header.channels));
    }).length;
  const counts = steps.map((_, i) => upTo(i + 1) - upTo(i));
  const rest =
    traceBits(() => decode(bytes)).length - traceBits(() => openFile(bytes)).length - upTo(steps.length);
  return `Of the bits below, the bases take ${upTo(0)}; the steps take ${counts.join(', ')}; the filters take ${rest}.`;
}
