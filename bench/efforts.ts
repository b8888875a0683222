import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ourFamily, peerFamilies } from './efforts/field.js';
import { allPoints } from './efforts/points.js';
import { resultOf, toMarkdown, toSvg } from './efforts/report.js';
import { listPictures, loadRgb, spread } from './rd/pictures.js';

const HELP = `What each effort gives: speed of encoding against bits at equal quality, of lowrank, AVIF, WebP and, if cjxl is
installed, JPEG XL at all their efforts. By SSIMULACRA 2 with tune 'visual', by PSNR with tune 'psnr'.

  npm run bench:efforts -- --images DIR [options]

  --images DIR      folder of PNG files
  --only a,b        only these pictures, by name without .png (default: four, spread over the list)
  --most n          no effort of the peers above this (default 9)
  -o FILE           default: bench/efforts.md; the chart is an .svg beside it
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      only: { type: 'string' },
      most: { type: 'string', default: '9' },
      output: { type: 'string', short: 'o', default: 'bench/efforts.md' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.images) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const files = listPictures(values.images, values.only?.split(','));
  const chosen = values.only ? files : spread(files, 4);
  const pictures = await Promise.all(chosen.map(file => loadRgb(path.join(values.images!, file))));
  const looks = ourFamily('visual');
  const decibels = ourFamily('psnr');
  const peers = peerFamilies(Number(values.most));
  const entries = [looks, decibels, ...peers].flatMap(family => family.entries);
  const rows = await allPoints(entries, pictures, (done, of) => {
    if (done % 20 === 0) console.error(`${done} of ${of}`);
  });
  const results = [
    resultOf([looks, ...peers], rows, 's2', 'visual'),
    resultOf([decibels, ...peers], rows, 'psnr_rgb', 'psnr'),
  ];
  const text = toMarkdown(
    results,
    pictures.map(({ name }) => name),
  );
  writeFileSync(values.output, text);
  writeFileSync(values.output.replace(/(\.md)?$/, '.svg'), toSvg(results));
  console.log(text);
}

await main();
