import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { IoError } from '../io/errors.js';
import { drawChart } from '../plot/draw-chart.js';
import { escapeText } from '../plot/escape.js';
import { type ChartPlan, chartsOf, type Palette, PEER_NAMES } from './charts.js';
import { DECODER_HERE, decoderExpression } from './decoder-expression.js';
import { headlineOf } from './headline.js';
import { meanTables, pictureTables } from './html-tables.js';
import type { Measurement } from './measurement.js';
import type { Original } from './original-png.js';
import type { PagePicture } from './page/data.js';
import type { PeerPicture } from './peer-pictures.js';
import { shortName } from './short-name.js';
import { sourceHash } from './source-hash.js';
import type { Mean } from './summarise.js';
import { variantName } from './variant-name.js';

/** The folder where `npm run build` puts script, style and decoder. */
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const CSS: Palette = {
  ink: 'var(--soft)',
  line: 'var(--line)',
  series: Array.from({ length: 7 }, (_, i) => `var(--series-${i + 1})`),
  background: 'var(--card)',
};
const CHART = { width: 520, height: 290 } as const;
/** Pictures with sides under this many pixels are shown with square pixels. */
const SMALL = 96;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A picture for the page: its measurement, the picture itself, and the other codecs' versions with as many bytes. */
export interface ReportPicture {
  measurement: Measurement;
  original: Pick<Original, 'png' | 'isWhole'>;
  peers: readonly PeerPicture[];
}

/**
 * The report as one self-contained HTML file: the pictures, their .lrk files, the decoder, charts and tables. Its policy forbids loading
 * anything.
 *
 * @throws IoError NOT_FOUND if the package has not been built
 */
export async function toHtml(pictures: readonly ReportPicture[], means: readonly Mean[]): Promise<string> {
  const decoder = decoderExpression(await partOf('lowrank-decode.js'));
  const script = (await partOf('report/page/main.js')).replace(DECODER_HERE, () => decoder);
  const style = await partOf('report/page/style.css');
  const data: PagePicture[] = pictures.map(({ measurement, original: { isWhole }, peers }) => ({
    width: measurement.width,
    height: measurement.height,
    isWhole,
    variants: measurement.variants.map(({ file, rank, rows, energyKept }) => ({
      file: base64(file),
      rank,
      rows: rows.map(({ rank, bytes, psnr }) => ({ rank, bytes, psnr: finite(psnr) })),
      energyKept,
    })),
    peers: Object.fromEntries(
      peers.map(({ peer, file, psnr }) => [
        peer,
        { name: PEER_NAMES[peer], bytes: file.length, psnr: finite(psnr) },
      ]),
    ),
    charts: chartsOf(measurement, CSS),
  }));
  const policy = `default-src 'none'; script-src ${sourceHash(script)}; style-src ${sourceHash(style)}; img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'`;
  const names = pictures.map(({ measurement }) => escapeText(shortName(measurement.input)));
  const { title, more } = headlineOf(
    pictures.map(({ measurement }) => measurement),
    means,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>lowrank: ${names.length === 1 ? names[0] : `${names.length} pictures`}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header>
<p class="kind">lowrank, compared</p>
<h1>${escapeText(title)}</h1>
<p class="more">${escapeText(more)}</p>
</header>
<main>
${names.length > 1 ? `<p class="choice"><label for="choice">Picture</label> <select id="choice">${names.map((name, i) => `<option value="${i}">${name}</option>`).join('')}</select></p>` : ''}
${pictures.map((picture, i) => section(picture, i)).join('\n')}
${means.length ? `<section><details><summary>All ${pictures.length} pictures in tables</summary>\n${meanTables(means)}\n</details></section>` : ''}
</main>
<footer><p class="note">The pictures are decoded in this page, which is all in one file and asks for nothing from anywhere.</p></footer>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
<script>${script}</script>
</body>
</html>
`;
}

const finite = (psnr: number): number | null => (Number.isFinite(psnr) ? psnr : null);

async function partOf(name: string): Promise<string> {
  const source = await readFile(DIST + name, 'utf8').catch(cause => {
    throw new IoError('NOT_FOUND', {
      path: `dist/${name}`,
      reason: 'the page is not built: npm run build',
      cause,
    });
  });
  return source.trim();
}

/** The section of one picture: mostly its text, in the order of the page. */
function section({ measurement: measured, original: { png }, peers }: ReportPicture, index: number): string {
  const { width, height, variants } = measured;
  const name = escapeText(shortName(measured.input));
  const id = `picture-${index}`;
  const { rank, rows } = variants[0]!;
  const small = Math.max(width, height) < SMALL ? ' small' : '';
  const figures = [
    ['rank', 'Rank'],
    ['bytes', 'Bytes'],
    ['bpp', 'Bits a pixel'],
    ['psnr', 'PSNR, measured here'],
    ['energy', 'Energy kept'],
  ];
  const others = peers.map(({ peer }) => [peer, PEER_NAMES[peer]] as const);
  const choices = [['lowrank', 'lowrank'], ['original', 'Original'], ...others] as const;
  const select = (
    side: string,
    label: string,
    value: string,
    options: readonly (readonly [string, string])[],
  ) =>
    `<label>${label} <select data-of="${side}" disabled>${options
      .map(([key, text]) => `<option value="${key}"${key === value ? ' selected' : ''}>${text}</option>`)
      .join('')}</select></label>`;
  const layers = [
    ...peers.map(
      ({ peer, file }) =>
        `<img data-layer="${peer}" src="data:image/${peer};base64,${base64(file)}" alt="${name}, as ${PEER_NAMES[peer]}" hidden>`,
    ),
    `<canvas data-layer="difference" role="img" aria-label="${name}, decoded less original" hidden></canvas>`,
    `<canvas data-layer="lowrank" role="img" aria-label="${name}, decoded at the chosen rank"></canvas>`,
  ];
  const files = variants.map(
    (variant, i) =>
      `<label><input type="radio" name="variant-${index}" value="${i}"${i === 0 ? ' checked' : ''} disabled> ${escapeText(variantName(variant))}</label>`,
  );
  const right = others.find(([peer]) => peer === 'jpeg')?.[0] ?? others[0]?.[0] ?? 'original';
  return `<section class="picture${small}" aria-labelledby="${id}">
<h2 id="${id}">${name}</h2>
<p class="note">${width} x ${height} pixels.${others.length ? ' The other codecs are set to as many bytes as the file of lowrank has: drag the line.' : ''}</p>
<div class="viewer">
<div class="controls sides">${select('left', 'Left', 'lowrank', choices)} ${select('right', 'Right', right, [...choices, ['difference', 'Difference, four times as strong']])}</div>
<div class="stage"><div class="sheet"><img data-layer="original" src="data:image/png;base64,${base64(png)}" width="${width}" height="${height}" alt="${name}, the original">${layers.join('')}<div class="edge" hidden></div></div>
<input type="range" data-of="divider" min="0" max="100" value="50" aria-label="Divider between left and right" disabled>
<p class="below"><span data-of="left-text"></span><span data-of="right-text"></span></p></div>
<div class="controls">
${variants.length > 1 ? `<fieldset data-of="variant"><legend>File</legend>${files.join(' ')}</fieldset>` : ''}
<div class="slider"><label for="${id}-rank">Rank of lowrank’s picture <output aria-live="off" data-of="rank-value" for="${id}-rank">${rank}</output></label>
<input type="range" id="${id}-rank" data-of="rank" min="${rows[0]!.rank}" max="${rank}" value="${rank}" disabled></div>
</div>
<dl class="figures">${figures.map(([key, term]) => `<div><dt>${term}</dt><dd data-figure="${key}">-</dd></div>`).join('')}</dl>
<p class="error" role="alert"></p><p class="hidden" role="status"></p>
</div>
<div class="charts">
${chartsOf(measured, CSS).map(figure).join('\n')}
</div>
<details><summary>All figures in tables</summary>
${pictureTables(measured)}
<p class="note">Bytes are those of a file of these columns alone; a prefix is what is cut from the whole file, on a layer. Other codecs are measured at 7 to 10 settings and interpolated between them. By quality: the codec at five qualities and full rank; by rank: one file cut to lower ranks.</p>
</details>
${measured.notes.map(note => `<p class="note">${escapeText(note)}</p>`).join('\n')}
</section>`;
}

/** A chart with its legend, for pages without scripts; a script redraws it. */
function figure({ kind, title, curves, options }: ChartPlan): string {
  const drawn = drawChart(curves, { ...options, ...CHART });
  if (!drawn) return '';
  const legend = curves
    .map(
      ({ name, colour, dashes }) =>
        `<li><svg viewBox="0 0 26 10" aria-hidden="true"><line x1="0" x2="26" y1="5" y2="5" stroke="${colour}" stroke-width="2"${dashes ? ` stroke-dasharray="${dashes}"` : ''}/></svg>${escapeText(name)}</li>`,
    )
    .join('');
  return `<figure data-chart="${kind}"><figcaption>${title}</figcaption><div class="chart">${drawn.svg}</div><ul>${legend}</ul></figure>`;
}
