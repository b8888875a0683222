import { bitsPerPixel } from '../../metrics/bits-per-pixel.js';
import { energyKept } from '../../spectra/energy-kept.js';
import type { Parts } from '../protocol.js';
import { byId, element } from './dom.js';
import type { Model } from './model.js';
import { decibels, integer, percent } from './numbers.js';
import { say } from './say.js';
import { wordButton } from './words.js';

/** Stands where there is no figure yet. */
const NONE = '\u2013';

/** A figure: its name in the page, its term, what it says, and what is said smaller beside it. */
type Figure = [name: string, term: string, text: string, small: string];

/**
 * Shows the figures under the picture at a rank; `isMeasured`: its PSNR is known. Once they stop changing, announces them to assistive
 * technology.
 */
export function showFigures(model: Model, rank: number, isMeasured: boolean): void {
  const figures = figuresOf(model, rank, isMeasured);
  const list = byId('figures');
  if (!list.childElementCount)
    list.append(
      ...figures.map(([name, term]) => {
        const value = element('dd');
        value.dataset.figure = name;
        return element('div', {}, element('dt', {}, wordButton(name, term)), value);
      }),
    );
  for (const [name, term, text, small] of figures) {
    const value = list.querySelector<HTMLElement>(`[data-figure=${name}]`)!;
    value.previousElementSibling!.firstElementChild!.textContent = term;
    value.replaceChildren(text, ...(small ? [element('small', {}, small)] : []));
  }
  const known = figures.filter(([, , text]) => text !== NONE);
  say(known.map(([, term, text]) => `${term} ${text.replace('\u2248', 'about')}`).join(', '));
}

function figuresOf({ choices, picture }: Model, rank: number, isMeasured: boolean): Figure[] {
  const { parts, size, bytes: counted, psnr, psnrs } = picture.now;
  if (!parts || !size) return [];
  const { width, height, sampleBytes } = size;
  const bytes = counted.get(rank) ?? parts.file?.sizes[rank - 1];
  const about = counted.has(rank) ? '' : '\u2248 ';
  const bpp = bytes === undefined ? '' : ` ${bitsPerPixel(bytes, width, height).toFixed(3)} bpp`;
  const ratio = bytes === undefined ? NONE : `${((width * height * sampleBytes) / bytes).toFixed(1)} : 1`;
  const out = choices.now.without.length;
  // What the atoms that are left out are worth.
  const whole = isMeasured ? psnrs.get(rank) : undefined;
  const gap =
    out && psnr !== undefined && whole !== undefined && whole !== Infinity
      ? ` ${(psnr - whole).toFixed(2)}`
      : '';
  return [
    ['rank', 'Rank', `${rank} of ${parts.columns}`, ''],
    ['numbers', 'Numbers', percent(numbersKept(parts, rank, width, height)), ''],
    ['kept', 'Energy kept', percent(energyKept(parts.channels, rank)), ''],
    ['psnr', out ? `PSNR, ${out} out` : 'PSNR', psnr === undefined ? NONE : decibels(psnr), gap],
    ['bytes', 'Bytes', bytes === undefined ? NONE : about + integer(bytes), bpp],
    ['ratio', 'Smaller by', ratio, ''],
  ];
}

/**
 * The share of the picture's numbers that its factors take at a rank, before anything is coded: in layout `block` the columns of U alone,
 * since V is the DCT or nearly nothing; in layout `channel` k (1 + m + n) for each channel of m x n.
 */
function numbersKept({ layout, grid }: Parts, rank: number, width: number, height: number): number {
  if (layout === 'channel') return (rank * (1 + width + height)) / (width * height);
  return (rank * grid.cols * grid.rows) / (width * height);
}
