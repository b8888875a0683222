import path from 'node:path';
import { parseArgs } from 'node:util';
import { decode, type EncodeOptions, encode, truncate } from '../src/index.js';
import { paretoFront } from '../src/metrics/pareto-front.js';
import { evaluate, pchip } from '../src/metrics/pchip.js';
import { rgbOf } from './rd/lowrank.js';
import { peers } from './rd/peers.js';
import { listPictures, loadRgb, psnrRgb, type Rgb, rasterOf } from './rd/pictures.js';

const HELP = `What a smaller picture costs that is cut out of the file of a larger one: its bytes beside an AVIF of that size, at equal PSNR.

  npm run bench:sizes -- --images DIR [options]

  --images DIR      folder of PNG files
  --match REGEX     only the files whose names match
  --qualities list  of the whole files (default: 60,80)
  --order name      size or quality (default: the codec's own)
`;

/** The quality of the file whose smaller pictures are the reference. */
const REFERENCE = 98;
const PEER = 'avif-444-e4-psnr';
const SCALES = [2, 4] as const;
type Scale = (typeof SCALES)[number];

/** A file at 1 / scale of its size, as RGB. */
function smaller(file: Uint8Array, scale: Scale, name: string): Rgb {
  const picture = decode(file, { scale });
  return { name, width: picture.width, height: picture.height, data: rgbOf(picture) };
}

/** Bytes of the other codec's file of `picture` by PSNR; undefined outside of its ladder. */
async function bytesOfPeer(picture: Rgb): Promise<(psnr: number) => number | undefined> {
  const peer = peers[PEER]!;
  const points = [];
  for (const quality of peer.ladder) {
    const file = await peer.encode(picture, quality);
    points.push({ bpp: file.length, metric: psnrRgb(picture.data, await peer.decode(file, picture)) });
  }
  const front = paretoFront(points);
  const curve = pchip(
    Float64Array.from(front, ({ metric }) => metric),
    Float64Array.from(front, ({ bpp }) => Math.log10(bpp)),
  );
  const [least, most] = [front[0]!.metric, front.at(-1)!.metric];
  return psnr => (psnr < least || psnr > most ? undefined : 10 ** evaluate(curve, psnr));
}

/** Ratios of our bytes to the other codec's, one for each scale and quality within its ladder. */
async function measure(picture: Rgb, qualities: number[], options: EncodeOptions): Promise<void> {
  const whole = encode(rasterOf(picture), { tune: 'psnr', quality: REFERENCE });
  const files = qualities.map(quality => encode(rasterOf(picture), { ...options, tune: 'psnr', quality }));
  for (const scale of SCALES) {
    const reference = smaller(whole, scale, picture.name);
    const peer = await bytesOfPeer(reference);
    for (const [i, file] of files.entries()) {
      const cut = truncate(file, { scale });
      const psnr = psnrRgb(reference.data, smaller(cut, scale, picture.name).data);
      const theirs = peer(psnr);
      const ratio = theirs === undefined ? Number.NaN : cut.length / theirs;
      ratios[scale].push(ratio);
      console.log(
        `| ${picture.name} | ${qualities[i]} | 1/${scale} | ${cut.length} | ${((100 * cut.length) / file.length).toFixed(1)} % ` +
          `| ${psnr.toFixed(2)} | ${theirs?.toFixed(0) ?? '-'} | ${ratio.toFixed(3)} |`,
      );
    }
  }
}

const ratios: Record<Scale, number[]> = { 2: [], 4: [] };
const { values } = parseArgs({
  options: {
    images: { type: 'string' },
    match: { type: 'string', default: '.' },
    qualities: { type: 'string', default: '60,80' },
    order: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || !values.images) {
  console.log(HELP);
  process.exitCode = values.help ? 0 : 2;
} else {
  const options = values.order ? { order: values.order as 'size' | 'quality' } : {};
  console.log('| picture | quality | size | bytes | of the file | PSNR, dB | AVIF | ratio |');
  console.log('|---|---:|---|---:|---:|---:|---:|---:|');
  for (const file of listPictures(values.images, new RegExp(values.match))) {
    const picture = await loadRgb(path.join(values.images, file));
    await measure(picture, values.qualities.split(',').map(Number), options);
  }
  for (const scale of SCALES) {
    const known = ratios[scale].filter(Number.isFinite);
    console.log(
      `\n1/${scale}: ${(known.reduce((sum, ratio) => sum + ratio, 0) / known.length).toFixed(3)} times the bytes of ${PEER}, mean of ${known.length}`,
    );
  }
}
