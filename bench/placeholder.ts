import path from 'node:path';
import { parseArgs } from 'node:util';
import * as blurhash from 'blurhash';
import sharp from 'sharp';
import { rgbaToThumbHash, thumbHashToRGBA } from 'thumbhash';
import { decode, encodePlaceholder, msSsim } from '../src/index.js';
import { PLACEHOLDER_BYTES } from '../src/placeholder/encode-placeholder.js';
import { listPictures, loadRgb, psnrRgb, type Rgb, rasterOf } from './rd/pictures.js';

const HELP = `Placeholders beside thumbhash and blurhash of the same length.

  npm run bench:placeholder -- --images DIR [options]

  --images DIR      folder of PNG files
  --match REGEX     only the files whose names match
  --pictures        a line for each picture
`;

/** A small RGBA picture. */
interface Small {
  width: number;
  height: number;
  data: Uint8Array | Uint8ClampedArray;
}

/** Another placeholder format: from a picture to the text in the page, and back. */
interface Peer {
  name: string;
  /** The most bytes that our placeholder may take so that it is no longer in the page, and the picture that the other one gives. */
  run(picture: Rgb): Promise<{ bytes: number; small: Small }>;
}

/** A picture shrunk by sharp, RGBA, at most `side` pixels a side. */
async function reduced({ data, width, height }: Rgb, side: number): Promise<Small> {
  const { data: out, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(side, side, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: out };
}

/** thumbhash is bytes, and is embedded in a page as base64, like ours. */
const thumbhash: Peer = {
  name: 'thumbhash',
  async run(picture) {
    const { width, height, data } = await reduced(picture, 100);
    const hash = rgbaToThumbHash(width, height, data);
    const { w, h, rgba } = thumbHashToRGBA(hash);
    return { bytes: hash.length, small: { width: w, height: h, data: rgba } };
  },
};

/** blurhash is characters: ours may take 3 bytes for 4 of them. It is drawn at a quarter of the picture's size, which loses nothing. */
const blurhashOf = (across: number, down: number): Peer => ({
  name: `blurhash ${across} x ${down}`,
  async run(picture) {
    const { width, height, data } = await reduced(picture, 128);
    const hash = blurhash.encode(Uint8ClampedArray.from(data), width, height, across, down);
    const [w, h] = [Math.max(1, picture.width >> 2), Math.max(1, picture.height >> 2)];
    const small = { width: w, height: h, data: blurhash.decode(hash, w, h) };
    return { bytes: Math.floor((hash.length * 3) / 4), small };
  },
});

const PEERS = [thumbhash, blurhashOf(4, 3), blurhashOf(6, 5), blurhashOf(9, 9)];

/** How close a small picture comes when it is stretched to the size of the picture (bilinear). */
async function nearness({ width, height, data }: Small, picture: Rgb): Promise<[number, number]> {
  const stretched = await sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize(picture.width, picture.height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return [
    psnrRgb(stretched, picture.data),
    msSsim(rasterOf({ ...picture, data: stretched }), rasterOf(picture)) ?? Number.NaN,
  ];
}

/** One picture with one other format: bytes, PSNR and MS-SSIM of both. MS-SSIM is NaN of a picture that is too small for it. */
interface Row {
  name: string;
  bytes: number;
  theirs: [number, number];
  ours: [number, number];
}

async function measure(peer: Peer, picture: Rgb): Promise<Row> {
  const { bytes: theirBytes, small } = await peer.run(picture);
  const bytes = Math.max(PLACEHOLDER_BYTES.least, theirBytes); // thumbhash needs less for a thin or grey picture
  const { width, height, data } = decode(encodePlaceholder(rasterOf(picture), { size: bytes }));
  const ours = await nearness({ width, height, data: Uint8Array.from(data) }, picture);
  return { name: picture.name, bytes, theirs: await nearness(small, picture), ours };
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function line(name: string, rows: Row[]): string {
  const of = (side: 'ours' | 'theirs', at: 0 | 1): string => {
    const known = rows.map(row => row[side][at]).filter(value => !Number.isNaN(value));
    return known.length ? mean(known).toFixed(at ? 3 : 2) : '-';
  };
  const ahead = rows.filter(({ ours, theirs }) => ours[0] > theirs[0]).length;
  return (
    `| ${name} | ${mean(rows.map(row => row.bytes)).toFixed(1)} | ${of('theirs', 0)} | ${of('ours', 0)} ` +
    `| ${of('theirs', 1)} | ${of('ours', 1)} | ${ahead} of ${rows.length} |`
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      match: { type: 'string', default: '.' },
      pictures: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.images) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const rows = new Map<string, Row[]>(PEERS.map(({ name }) => [name, []]));
  for (const file of listPictures(values.images, new RegExp(values.match))) {
    const picture = await loadRgb(path.join(values.images, file));
    for (const peer of PEERS) {
      const row = await measure(peer, picture);
      rows.get(peer.name)!.push(row);
      if (values.pictures) console.error(line(`${row.name}, ${peer.name}`, [row]));
    }
  }
  console.log(
    [
      '| peer | bytes | its PSNR, dB | ours, dB | its MS-SSIM | ours | nearer in PSNR |',
      '|---|---:|---:|---:|---:|---:|---:|',
      ...[...rows].map(([name, of]) => line(name, of)),
    ].join('\n'),
  );
}

await main();
