import path from 'node:path';
import { parseArgs } from 'node:util';
import { CodecError, decode, type EncodeOptions, encode, inspect, truncate } from '../src/index.js';
import { rgbOf } from './rd/lowrank.js';
import { listPictures, loadRgb, psnrRgb, type Rgb, rasterOf } from './rd/pictures.js';

const HELP = `What being progressive costs: at each layer of a file, the gap in dB to a fresh encode of the same size.

  npm run bench:progressive -- --images DIR [options]

  --images DIR      folder of PNG files
  --match REGEX     only the files whose names match
  --quality n       of the whole file (default: the codec's own)
  --effort n        of both encodes
  --layers          a table of every layer of every picture
`;

/** Most a layer's PSNR in the header may differ from the one of its decoded pixels, dB. */
const LAYER_TOLERANCE = 0.05;

/** One layer of a file, beside a fresh file of its size. */
interface Layer {
  rank: number;
  bytes: number;
  bpp: number;
  /** Of the prefix that ends with this layer, decoded; dB. */
  prefix: number;
  /** Of a file encoded for that size, decoded; dB. Undefined where no file can be so small. */
  fresh?: number;
}

const psnrOf = (file: Uint8Array, picture: Rgb): number => psnrRgb(picture.data, rgbOf(decode(file)));

function freshPsnr(picture: Rgb, size: number, options: EncodeOptions): number | undefined {
  try {
    return psnrOf(encode(rasterOf(picture), { ...options, size }), picture);
  } catch (error) {
    if (error instanceof CodecError && error.code === 'TARGET') return undefined;
    throw error;
  }
}

/** Cuts a file at each of its layers and encodes the picture anew for each of those sizes. */
function measure(picture: Rgb, options: EncodeOptions, quality: number | undefined): Layer[] {
  const file = encode(rasterOf(picture), { ...options, ...(quality !== undefined && { quality }) });
  return inspect(file).layers.map(({ rank, bytes, psnr }) => {
    const cut = truncate(file, { size: bytes });
    const prefix = psnrOf(cut, picture);
    if (Math.abs(prefix - psnr) > LAYER_TOLERANCE)
      throw new Error(`${picture.name}: layer at ${bytes} bytes has ${prefix} dB, its header says ${psnr}`);
    const fresh = freshPsnr(picture, cut.length, options);
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
    const layers = measure(picture, options, quality);
    all.push({ name: picture.name, layers });
    console.error(`${picture.name}: ${layers.length} layers`);
    if (values.layers) console.log(`### ${picture.name}\n\n${layerTable(layers)}\n`);
  }
  if (all.length > 0) console.log(summary(all));
}

await main();
