import { energyKept } from '../../spectra/energy-kept.js';
import type { Encoded } from '../protocol.js';
import { byId, element } from './dom.js';
import { decibels, integer, percent } from './numbers.js';

/** What stands under the picture. */
export interface Figures {
  rank: number;
  /** Of a file of this rank. */
  bytes: number;
  /** Whether they were counted, in a file that was made, or added up from what columns take. */
  isCounted: boolean;
  psnr: number;
  /** Atoms that are out, and the PSNR with them, where it is known. */
  out: number;
  whole: number | undefined;
}

/** Shows the figures, and once they stay as they are says them to who listens. */
export function showFigures(
  figures: Figures,
  encoded: Encoded,
  pixels: { width: number; height: number; sampleBytes: number },
): void {
  const { rank, bytes, isCounted, psnr, out, whole } = figures;
  const { width, height, sampleBytes } = pixels;
  const about = isCounted ? '' : '\u2248 ';
  const rows: [string, string, string][] = [
    ['rank', 'Rank', `${rank} of ${encoded.columns}`],
    ['bytes', 'Bytes', `${about}${integer(bytes)}`],
    ['bpp', 'Bits a pixel', ((8 * bytes) / (width * height)).toFixed(3)],
    ['ratio', 'Smaller by', `${((width * height * sampleBytes) / bytes).toFixed(1)} : 1`],
    ['psnr', out ? `PSNR, ${out} atom${out > 1 ? 's' : ''} out` : 'PSNR', decibels(psnr)],
    ['kept', 'Energy kept', percent(energyKept(encoded.channels, rank))],
  ];
  byId('figures').replaceChildren(
    ...rows.map(([name, term, text]) => {
      const value = element('dd', {}, text);
      value.dataset.figure = name;
      if (name === 'psnr' && out && whole !== undefined && whole !== Infinity)
        value.append(' ', element('small', {}, `${(psnr - whole).toFixed(2)} dB`));
      return element('div', {}, element('dt', {}, term), value);
    }),
  );
  say(rows.map(([, term, text]) => `${term} ${text.replace('\u2248', 'about')}`).join(', '));
}

let timer: ReturnType<typeof setTimeout> | undefined;
function say(text: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    byId('live').textContent = text;
  }, 700);
}
