import { energyKept } from '../../spectra/energy-kept.js';
import type { Parts } from '../protocol.js';
import { byId, element } from './dom.js';
import { decibels, integer, percent } from './numbers.js';
import { wordButton } from './words.js';

/** The figures under the picture. */
export interface Figures {
  rank: number;
  /** Bytes of a file of this rank; undefined while there is none. */
  bytes: number | undefined;
  /** Were they counted in a file that was made, or estimated from the columns? */
  isCounted: boolean;
  /** Undefined before one is known. */
  psnr: number | undefined;
  /** Number of atoms left out; `whole` is the PSNR with them, if known. */
  out: number;
  whole: number | undefined;
}

/** Shows the figures; once they stop changing, announces them to assistive technology. */
export function showFigures(
  { rank, bytes, isCounted, psnr, out, whole }: Figures,
  parts: Parts,
  pixels: { width: number; height: number; sampleBytes: number },
): void {
  const { width, height, sampleBytes } = pixels;
  const about = isCounted ? '' : '\u2248 ';
  const none = '\u2013';
  const bpp = bytes === undefined ? '' : ` ${((8 * bytes) / (width * height)).toFixed(3)} bpp`;
  const gap =
    out && psnr !== undefined && whole !== undefined && whole !== Infinity
      ? ` ${(psnr - whole).toFixed(2)}`
      : '';
  const rows: [name: string, term: string, text: string, small: string][] = [
    ['rank', 'Rank', `${rank} of ${parts.columns}`, ''],
    ['numbers', 'Numbers', percent(numbersKept(parts, rank, width, height)), ''],
    ['kept', 'Energy kept', percent(energyKept(parts.channels, rank)), ''],
    ['psnr', out ? `PSNR, ${out} out` : 'PSNR', psnr === undefined ? none : decibels(psnr), gap],
    ['bytes', 'Bytes', bytes === undefined ? none : about + integer(bytes), bpp],
    [
      'ratio',
      'Smaller by',
      bytes === undefined ? none : `${((width * height * sampleBytes) / bytes).toFixed(1)} : 1`,
      '',
    ],
  ];
  const list = byId('figures');
  if (!list.childElementCount)
    list.append(
      ...rows.map(([name, term]) => {
        const value = element('dd');
        value.dataset.figure = name;
        return element('div', {}, element('dt', {}, wordButton(name, term)), value);
      }),
    );
  for (const [name, term, text, small] of rows) {
    const value = list.querySelector<HTMLElement>(`[data-figure=${name}]`)!;
    value.previousElementSibling!.firstElementChild!.textContent = term;
    value.replaceChildren(text, ...(small ? [element('small', {}, small)] : []));
  }
  const said = rows.filter(([, , text]) => text !== none);
  say(said.map(([, term, text]) => `${term} ${text.replace('\u2248', 'about')}`).join(', '));
}

/**
 * The share of the picture's numbers that its factors take at a rank, before anything is coded: in layout `block` the columns of U alone,
 * since V is the DCT or nearly nothing; in layout `channel` k (1 + m + n) for each channel of m x n.
 */
export function numbersKept({ layout, grid }: Parts, rank: number, width: number, height: number): number {
  if (layout === 'channel') return (rank * (1 + width + height)) / (width * height);
  return (rank * grid.cols * grid.rows) / (width * height);
}

let timer: ReturnType<typeof setTimeout> | undefined;
function say(text: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    byId('live').textContent = text;
  }, 700);
}
