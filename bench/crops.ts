import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { escapeText } from '../src/plot/escape.js';
import { type Crop, chooseCrops } from './crops/choose.js';
import { atLeast } from './crops/equal-bytes.js';
import { RULES } from './crops/rules.js';
import { DEFAULT_CACHE } from './rd/cache.js';
import { codecNamed } from './rd/codecs.js';
import { type CodedPicture, codedPicture, type Subject, subjectOf } from './rd/coded.js';
import { NAMES } from './rd/lowrank.js';
import type { Rgb } from './rd/pictures.js';

const HELP = `A page of crops, original | lowrank | AVIF at equal bytes, for the eye. Which crops is decided by rules:
${Object.keys(RULES).join(', ')}.

  npm run bench:crops -- --images DIR [options]

  --images DIR        folder of PNG files
  --only a,b          only these pictures, by name without .png
  --codec NAME        ${NAMES} (default lowrank)
  --against NAME      a peer whose settings are qualities of 1 to 100 (default avif-444-e4): its smallest file of at
                      least as many bytes
  --quality n         of lowrank (default 50, where faults are seen)
  --count n           crops a rule (default 3)
  --side n            pixels of a crop's side (default 160)
  --zoom n            default 2
  --out DIR           default bench/results/crops: index.html, and a PNG a crop
  --cache DIR         default ${DEFAULT_CACHE}
`;

function readArguments() {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      only: { type: 'string' },
      codec: { type: 'string', default: 'lowrank' },
      against: { type: 'string', default: 'avif-444-e4' },
      quality: { type: 'string', default: '50' },
      count: { type: 'string', default: '3' },
      side: { type: 'string', default: '160' },
      zoom: { type: 'string', default: '2' },
      out: { type: 'string', default: 'bench/results/crops' },
      cache: { type: 'string', default: DEFAULT_CACHE },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.images) {
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  }
  return {
    ...values,
    images: values.images,
    only: values.only?.split(','),
    quality: Number(values.quality),
    count: Number(values.count),
    side: Number(values.side),
    zoom: Number(values.zoom),
  };
}

type Options = ReturnType<typeof readArguments>;

/** One picture of a strip. */
interface Panel {
  name: string;
  data: Uint8Array;
  coded?: CodedPicture;
}

/** Original, ours, and the other codec's at equal bytes. */
async function panelsOf(subject: Subject, { codec, against, quality, cache }: Options): Promise<Panel[]> {
  const { picture } = subject;
  const ours = await codedPicture(subject, codec, quality, ['s2'], cache);
  const theirs = await atLeast(subject, against, ours.bytes, ['s2'], cache);
  return [
    { name: 'original', data: picture.data },
    { name: codec, data: await codecNamed(codec).decode(await ours.file(), picture), coded: ours },
    {
      name: `${against} ${theirs.quality}`,
      data: await codecNamed(against).decode(await theirs.file(), picture),
      coded: theirs,
    },
  ];
}

const GAP = 8;

/** The crop of each panel side by side, enlarged without smoothing. */
async function drawStrip(
  { width, height }: Rgb,
  { x, y, side }: Crop,
  panels: readonly Panel[],
  zoom: number,
): Promise<Buffer> {
  const size = side * zoom;
  const tiles = await Promise.all(
    panels.map(({ data }) =>
      sharp(data, { raw: { width, height, channels: 3 } })
        .extract({ left: x, top: y, width: side, height: side })
        .resize(size, size, { kernel: 'nearest' })
        .png()
        .toBuffer(),
    ),
  );
  const whole = { width: panels.length * (size + GAP) - GAP, height: size };
  return sharp({ create: { ...whole, channels: 3, background: '#808080' } })
    .composite(tiles.map((input, i) => ({ input, left: i * (size + GAP), top: 0 })))
    .png()
    .toBuffer();
}

/** The caption of a panel. */
const caption = ({ name, coded }: Panel): string =>
  coded
    ? `${name}: ${coded.bytes.toLocaleString('en')} bytes, SSIMULACRA 2 ${coded.figures.s2?.toFixed(1) ?? '-'}`
    : name;

const page = (
  figures: readonly string[],
  { codec, against, quality, zoom }: Options,
): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Crops at equal bytes</title>
<style>
body { font: 15px/1.4 system-ui, sans-serif; margin: 2em; background: #808080; color: #000 }
figure { margin: 0 0 2em } img { display: block }
figcaption { display: flex; gap: ${GAP}px } figcaption span { flex: none }
</style>
<h1>Crops at equal bytes</h1>
<p>Original, ${escapeText(codec)} at quality ${quality}, ${escapeText(against)} with at least as many bytes; ${zoom} screen pixels a pixel.
Bytes and scores are those of the whole picture.</p>
${figures.join('\n')}
</html>
`;

async function main(): Promise<void> {
  const options = readArguments();
  const { images, only, side, count, zoom, out } = options;
  const crops = await chooseCrops(images, only, side, count);
  mkdirSync(out, { recursive: true });
  const figures = new Map<Crop, string>();
  for (const file of new Set(crops.map(crop => crop.file))) {
    const subject = await subjectOf(file);
    const panels = await panelsOf(subject, options);
    for (const crop of crops.filter(each => each.file === file)) {
      const { name } = subject.picture;
      const png = `${crop.rule.replaceAll(' ', '-')}-${name}-${crop.x}-${crop.y}.png`;
      writeFileSync(path.join(out, png), await drawStrip(subject.picture, crop, panels, zoom));
      const spans = panels.map(
        panel => `<span style="width: ${side * zoom}px">${escapeText(caption(panel))}</span>`,
      );
      figures.set(
        crop,
        `<figure><h2>${crop.rule}: ${escapeText(name)} at ${crop.x}, ${crop.y}</h2><img src="${encodeURIComponent(png)}" alt="">
<figcaption>${spans.join('')}</figcaption></figure>`,
      );
      console.error(path.join(out, png));
    }
  }
  writeFileSync(
    path.join(out, 'index.html'),
    page(
      crops.map(crop => figures.get(crop)!),
      options,
    ),
  );
  console.log(path.join(out, 'index.html'));
}

await main();
