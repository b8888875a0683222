import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { IoError } from '../io/errors.js';
import { type Curve, drawChart, type Palette, rankCurves, rateCurves } from './charts.js';
import { escapeText } from './escape.js';
import { meanTables, pictureTables } from './html-tables.js';
import type { Measurement } from './measurement.js';
import type { Original } from './original-png.js';
import type { PagePicture } from './page/data.js';
import type { Mean } from './summarise.js';
import { variantName } from './variant-name.js';

/** Script and style of the page, as `npm run build` makes them. */
const PAGE = fileURLToPath(new URL('../../dist/report/page/', import.meta.url));
const CSS: Palette = {
  ink: 'var(--ink)',
  series: Array.from({ length: 7 }, (_, i) => `var(--series-${i + 1})`),
  background: 'var(--card)',
};
const CHART = { width: 520, height: 300 } as const;
/** Pictures of fewer pixels a side are shown with their pixels as squares. */
const SMALL = 96;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
/** The source of a script or a style as a Content-Security-Policy names it. */
const hashOf = (source: string): string => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;

/**
 * The report as one HTML file that needs no other: the pictures, their .lrk files, the decoder, charts and tables. Its policy lets in nothing from anywhere.
 *
 * @throws IoError NOT_FOUND where the package has not been built
 */
export async function toHtml(
  pictures: readonly { measurement: Measurement; original: Original }[],
  means: readonly Mean[],
): Promise<string> {
  const script = await partOf('main.js');
  const style = await partOf('style.css');
  const data: PagePicture[] = pictures.map(({ measurement, original: { isWhole } }) => ({
    width: measurement.width,
    height: measurement.height,
    isWhole,
    variants: measurement.variants.map(({ file, rank, rows, energyKept }) => ({
      file: base64(file),
      rank,
      rows: rows.map(({ rank, bytes, psnr }) => ({ rank, bytes, psnr: Number.isFinite(psnr) ? psnr : null })),
      energyKept,
    })),
  }));
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'`;
  const names = pictures.map(({ measurement }) => escapeText(measurement.input));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Quality against rank: ${names.length === 1 ? names[0] : `${names.length} pictures`}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header>
<h1>Quality against rank</h1>
<p class="note">What each rank of a singular value decomposition is worth, by lowrank. The pictures are decoded in this page, which is all in one file and asks for nothing from anywhere.</p>
</header>
<main>
${means.length ? `<section><h2>All ${pictures.length} pictures</h2>\n${meanTables(means)}\n</section>` : ''}
${names.length > 1 ? `<section><label for="choice">Picture</label> <select id="choice">${names.map((name, i) => `<option value="${i}">${name}</option>`).join('')}</select></section>` : ''}
${pictures.map(({ measurement, original }, i) => section(measurement, original, i)).join('\n')}
</main>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
<script>${script}</script>
</body>
</html>
`;
}

async function partOf(name: string): Promise<string> {
  const source = await readFile(PAGE + name, 'utf8').catch(cause => {
    throw new IoError('NOT_FOUND', {
      path: `dist/report/page/${name}`,
      reason: 'the page is not built: npm run build',
      cause,
    });
  });
  return source.trim();
}

function section(of: Measurement, { png }: Original, index: number): string {
  const { input, width, height, variants } = of;
  const name = escapeText(input);
  const id = `picture-${index}`;
  const { rank, rows } = variants[0]!;
  const radio = (group: string, value: string | number, text: string, isChosen: boolean): string =>
    `<label><input type="radio" name="${group}-${index}" value="${value}"${isChosen ? ' checked' : ''} disabled> ${escapeText(text)}</label>`;
  const small = Math.max(width, height) < SMALL ? ' small' : '';
  const figures = [
    ['rank', 'Rank'],
    ['bytes', 'Bytes'],
    ['bpp', 'Bits a pixel'],
    ['psnr', 'PSNR, measured here'],
    ['energy', 'Energy kept'],
  ];
  return `<section class="picture${small}" aria-labelledby="${id}">
<h2 id="${id}">${name}</h2>
<div class="viewer">
<div class="controls">
${variants.length > 1 ? `<fieldset data-of="variant"><legend>File</legend>${variants.map((variant, i) => radio('variant', i, variantName(variant), i === 0)).join(' ')}</fieldset>` : ''}
<div class="slider"><label for="${id}-rank">Rank <output data-of="rank-value" for="${id}-rank">${rank}</output></label>
<input type="range" id="${id}-rank" data-of="rank" min="${rows[0]!.rank}" max="${rank}" value="${rank}" disabled></div>
<fieldset data-of="view"><legend>View</legend>${['split', 'decoded', 'original', 'difference'].map((view, i) => radio('view', view, view, i === 0)).join(' ')}</fieldset>
</div>
<div class="stage"><div class="sheet"><img src="data:image/png;base64,${base64(png)}" width="${width}" height="${height}" alt="${name}, the original"><canvas role="img" aria-label="${name}, decoded at the chosen rank"></canvas><div class="edge" hidden></div></div>
<input type="range" data-of="divider" min="0" max="100" value="50" aria-label="Divider: the original on its left, decoded on its right" disabled></div>
<dl class="figures">${figures.map(([key, term]) => `<div><dt>${term}</dt><dd data-figure="${key}">-</dd></div>`).join('')}</dl>
<p class="error" role="alert"></p><p class="hidden" role="status"></p>
</div>
<div class="charts">
${chart('rate', 'PSNR by bits a pixel', rateCurves(of, CSS), 'bits a pixel')}
${chart('rank', 'PSNR by rank', rankCurves(of, CSS), 'rank')}
</div>
${pictureTables(of)}
<p class="note">Bytes are those of a file of these columns alone; a prefix is what is cut from the whole file, on a layer. Other codecs are measured at 7 to 10 settings and interpolated between them. By quality: the codec at five qualities and full rank; by rank: one file cut to lower ranks.</p>
${of.notes.map(note => `<p class="note">${escapeText(note)}</p>`).join('\n')}
</section>`;
}

function chart(kind: string, name: string, curves: readonly Curve[], x: string): string {
  const drawn = drawChart(curves, { x, y: 'PSNR, dB', name }, CHART, CSS);
  if (!drawn) return '';
  const scales = escapeText(JSON.stringify({ x: drawn.x, y: drawn.y }));
  const legend = curves
    .map(
      ({ name, colour, dashes }) =>
        `<li><svg viewBox="0 0 26 10" aria-hidden="true"><line x1="0" x2="26" y1="5" y2="5" stroke="${colour}" stroke-width="2"${dashes ? ` stroke-dasharray="${dashes}"` : ''}/></svg>${escapeText(name)}</li>`,
    )
    .join('');
  const marked = drawn.svg.replace(/<\/svg>$/, '<circle class="mark off" r="5.5"></circle></svg>');
  return `<figure data-chart="${kind}" data-scales="${scales}"><figcaption>${name}</figcaption>${marked}<ul>${legend}</ul></figure>`;
}
