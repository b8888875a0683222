import path from 'node:path';
import { parseArgs } from 'node:util';
import { CodecError, decode, type EncodeOptions, encode, inspect, truncate } from '../src/index.js';
import { paretoFront } from '../src/metrics/pareto-front.js';
import { evaluate, pchip } from '../src/metrics/pchip.js';
import { rgbOf } from './rd/lowrank.js';
import { listPictures, loadRgb, psnrRgb, type Rgb, rasterOf } from './rd/pictures.js';

const HELP = `What being progressive costs: at each layer of a file, the gap in dB to a fresh encode of the same size.

  npm run bench:progressive -- --images DIR [options]

  --images DIR      folder of PNG files
  --match REGEX     only the files whose names match
  --quality n       of the whole file (default: the codec's own)
  --effort n        of both encodes
  --exact           search a file of each very size, in place of a curve through files of twelve qualities
  --layers          a table of every layer of every picture
`;

/** Qualities of the files that a curve is drawn through. */
const LADDER = [0, 5, 12, 22, 34, 45, 56, 67, 76, 85, 93, 98];

/** Largest difference between a layer's PSNR in the header and that of its decoded pixels, dB. */
const LAYER_TOLERANCE = 0.05;

/** One layer of a file, compared with a file encoded for the same size. */
interface Layer {
  rank: number;
  bytes: number;
  bpp: number;
  /** PSNR of the prefix that ends with this layer, dB. */
  prefix: number;
  /** PSNR of a file encoded for that size, dB. Undefined if no file can be so small. */
  fresh?: number;
}

const psnrOf = (file: Uint8Array, picture: Rgb): number => psnrRgb(picture.data, rgbOf(decode(file)));

/** PSNR of a file encoded for a size in bytes; undefined if no file can be so small. */
type Fresh = (size: number) => number | undefined;

/** Encodes for the exact size: each call is a search of several encodes. */
const exactly =
  (picture: Rgb, options: EncodeOptions): Fresh =>
  size => {
    try {
      return psnrOf(encode(rasterOf(picture), { ...options, size }), picture);
    } catch (error) {
      if (error instanceof CodecError && error.code === 'TARGET') return undefined;
      throw error;
    }
  };

/** Interpolates on a curve through files of a ladder of qualities: within about 0.1 dB of the search. */
function fromCurve(picture: Rgb, options: EncodeOptions): Fresh {
  const points = LADDER.map(quality => {
    const file = encode(rasterOf(picture), { ...options, quality });
    return { bpp: file.length, metric: psnrOf(file, picture) };
  });
  const front = paretoFront(points);
  const curve = pchip(
    Float64Array.from(front, ({ bpp }) => Math.log10(bpp)),
    Float64Array.from(front, ({ metric }) => metric),
  );
  const [least, most] = [front[0]!.bpp, front.at(-1)!.bpp];
  return size => (size < least || size > most ? undefined : evaluate(curve, Math.log10(size)));
}

/** Cuts a file at each of its layers and encodes the picture again for each of those sizes. */
function measure(
  picture: Rgb,
  options: EncodeOptions,
  quality: number | undefined,
  freshPsnr: Fresh,
): Layer[] {
  const file = encode(rasterOf(picture), { ...options, ...(quality !== undefined && { quality }) });
  return inspect(file).layers.map(({ rank, bytes, psnr }) => {
    const cut = truncate(file, { psnr });
    const prefix = psnrOf(cut, picture);
    if (Math.abs(prefix - psnr) > LAYER_TOLERANCE)
      throw new Error(`${picture.name}: layer at ${bytes} bytes has ${prefix} dB, its header says ${psnr}`);
    const fresh = freshPsnr(cut.length);
    const bpp = (8 * bytes) / (picture.width * picture.height);
    return { rank, bytes, bpp, prefix, ...(fresh !== undefined && { fresh }) };
  });
}

/** Gaps of the layers that have one, dB. */
const gaps = (layers: Layer[]): number[] =>
  layers.flatMap(({ prefix, fresh }) => (fresh === undefined ? [] : [fresh - prefix]));

const upperHalf = (layers: Layer[]): Layer[] => layers.slice(layers.length >> 1);

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const decibels = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '-' : value.toFixed(2);

function layerTable(layers: Layer[]): string {
  return [
    '| layer | rank | bytes | bpp | prefix, dB | fresh, dB | gap, dB |',
    '|---:|---:|---:|---:|---:|---:|---:|',
    ...layers.map(
      ({ rank, bytes, bpp, prefix, fresh }, i) =>
        `| ${i + 1} | ${rank} | ${bytes} | ${bpp.toFixed(3)} | ${decibels(prefix)} | ${decibels(fresh)} ` +
        `| ${decibels(fresh === undefined ? undefined : fresh - prefix)} |`,
    ),
  ].join('\n');
}

function summary(all: { name: string; layers: Layer[] }[]): string {
  const rows = all.map(({ name, layers }) => {
    const upper = gaps(upperHalf(layers));
    return {
      name,
      layers: layers.length,
      whole: layers.at(-1)!.bpp,
      upper: mean(upper),
      most: Math.max(...gaps(layers)),
    };
  });
  const { length } = rows;
  return [
    '| picture | layers | whole file, bpp | mean gap of the upper half, dB | largest gap, dB |',
    '|---|---:|---:|---:|---:|',
    ...rows.map(
      r => `| ${r.name} | ${r.layers} | ${r.whole.toFixed(2)} | ${decibels(r.upper)} | ${decibels(r.most)} |`,
    ),
    `| mean of ${length} | ${mean(rows.map(r => r.layers)).toFixed(1)} | ${mean(rows.map(r => r.whole)).toFixed(2)} ` +
      `| ${decibels(mean(rows.map(r => r.upper)))} | ${decibels(mean(rows.map(r => r.most)))} |`,
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      match: { type: 'string', default: '.' },
      quality: { type: 'string' },
      effort: { type: 'string' },
      exact: { type: 'boolean', default: false },
      layers: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.images) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const options: EncodeOptions = values.effort === undefined ? {} : { effort: Number(values.effort) };
  const quality = values.quality === undefined ? undefined : Number(values.quality);
  const all: { name: string; layers: Layer[] }[] = [];
  for (const file of listPictures(values.images, new RegExp(values.match))) {
    const picture = await loadRgb(path.join(values.images, file));
    const layers = measure(picture, options, quality, (values.exact ? exactly : fromCurve)(picture, options));
    all.push({ name: picture.name, layers });
    console.error(`${picture.name}: ${layers.length} layers`);
    if (values.layers) console.log(`### ${picture.name}\n\n${layerTable(layers)}\n`);
  }
  if (all.length > 0) console.log(summary(all));
}

await main();
