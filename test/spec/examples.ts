import { RangeDecoder } from '../../src/bits/range-decoder.js';
import { colourBasis } from '../../src/colour/basis.js';
import type { Raster } from '../../src/core/raster.js';
import { openFile } from '../../src/decode/open.js';
import { readBasis } from '../../src/factors/read-basis.js';
import { readHeader } from '../../src/format/read-header.js';
import { stepOf } from '../../src/format/step.js';
import { decode, type EncodeOptions, encode } from '../../src/index.js';
import { ORDER8 } from '../../src/planes/order.js';
import { readFactors } from '../../src/planes/read-factors.js';
import { traceBits, traceFields } from './trace.js';

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

/** Strings in lines of so many. */
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
  const fields = traceFields(() => readHeader(bytes)).map(
    ({ field, from, bits, value }) =>
      `| ${from} | ${field} | ${bits.length > 32 ? `${bits.slice(0, 32)}...` : bits} | ${value} |`,
  );
  const picture = decode(bytes, { channels: 'file' });
  return [
    `${what}. The file, ${bytes.length} bytes; its stream begins at byte ${start}:\n`,
    fence(lines(hex(bytes).split(' '), 16)),
    wrapped(
      'Its header, after the signature; the first column is the number of the first bit, counted from 0 at the first bit of the file. Values are as coded, before 1 is added where the tables of section 6 say "less 1".',
    ),
    `| bit | field | bits | value |\n|---|---|---|---|\n${fields.join('\n')}\n`,
    header.layout === 'block' ? describeBlocks(bytes) : '',
    header.layout === 'block' ? wrapped(countBits(bytes)) : '',
    'The bits of the range coder, in the order in which they are read, each as p:bit (12):\n',
    fence(
      lines(
        traceBits(() => decode(bytes)),
        12,
      ),
    ),
    'The decoded samples, one row of the picture a line:\n',
    fence(lines([...picture.data], picture.width * picture.channels)),
  ].join('\n');
}

/** What lies between the stream and the samples in layout `block`. */
function describeBlocks(bytes: Uint8Array): string {
  const { header, steps, start, end } = openFile(bytes);
  const coder = new RangeDecoder(bytes, start, end);
  const bases = Array.from({ length: header.channels }, () => readBasis(coder, ORDER8));
  const { channels, thumbs } = readFactors(coder, header, steps);
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
      `channel ${c}: basis ${bases[c] ? 'turned' : 'not turned'}`,
      `  plane 0's level: ${values(thumbs[c]!, '0').join(', ') || 'zeros'}`,
      `  P, in raster order: ${Array.from(of.positions, i => of.plane0![i]! / 2).join(' ')}`,
      `  values: ${values(of, '').join(', ') || 'none'}`,
    ].join('\n'),
  );
  return [
    `D = ${stepOf(header.step)}. T, row after row:\n`,
    fence(lines([...colourBasis(...header.colour)], 3)),
    "Values that are not zero: Q0 those of plane 0's level, Q those of the channels without plane 0; P is that of 14.1.\n",
    fence(rows.join('\n')),
  ].join('\n');
}

/** How many bits of the range coder each part of a stream in layout `block` takes. */
function countBits(bytes: Uint8Array): string {
  const { header, steps, start, end } = openFile(bytes);
  const upTo = (count: number): number =>
    traceBits(() => {
      const coder = new RangeDecoder(bytes, start, end);
      for (let c = 0; c < header.channels; c++) readBasis(coder, ORDER8);
      readFactors(coder, header, steps.slice(0, count));
    }).length;
  const counts = steps.map((_, i) => upTo(i + 1) - upTo(i));
  const rest = traceBits(() => decode(bytes)).length - upTo(steps.length);
  return `Of the bits below, ${upTo(0)} are those of the bases; the steps take ${counts.join(', ')}; the filters, ${rest}.`;
}
