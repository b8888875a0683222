import type { Atom } from '../../spectra/dissection.js';
import { atomName, isSame } from './atoms.js';
import { byId, showBitmap } from './dom.js';
import { latest } from './latest.js';
import type { Model } from './model.js';
import { percent } from './numbers.js';

/** Returns what shows an atom by itself: the chosen one or, without any, the last in the sum. */
export function createCarried({ choices, picture, rank, ask }: Model): (chosen: Atom | undefined) => void {
  return latest(async chosen => {
    const { parts } = picture.now;
    const { channel, tab } = choices.now;
    if (!parts || tab !== 'patterns') return;
    const last = { channel, column: Math.min(rank(), parts.channels[channel]!.energies.length) - 1 };
    const atom = chosen ?? last;
    const answer = await ask('carried', atom);
    if (!answer) return;
    const canvas = byId<HTMLCanvasElement>('carried');
    showBitmap(canvas, answer.bitmap);
    const name = atomName(atom, parts.channels.length);
    canvas.setAttribute('aria-label', `What ${name} carries`);
    const { kept, energy } = parts.channels[atom.channel]!;
    const share = percent((kept[atom.column] ?? 0) / (energy || 1));
    const times = answer.gain > 1 ? `, ${answer.gain.toFixed(1)} times as strong as in the picture` : '';
    const isOut = choices.now.without.some(other => isSame(other, atom));
    const head = isOut ? `${name} is left out. ` : chosen ? '' : `${name} came last. `;
    const subject = chosen && !isOut ? name : 'It';
    const hint = chosen ? '' : ' Point at another to see the picture without it; click to leave it out.';
    byId('carried-text').textContent =
      `${head}${subject} carries this, on middle grey${times}: ${share} of its channel\u2019s energy.${hint}`;
  });
}
