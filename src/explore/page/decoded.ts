import type { Atom } from '../../spectra/dissection.js';
import type { Wanted } from '../protocol.js';
import { atomName, isSame } from './atoms.js';
import { Stopped } from './client.js';
import { byId } from './dom.js';
import { latest } from './latest.js';
import type { Making } from './making.js';
import type { Model } from './model.js';
import { decibels } from './numbers.js';
import type { Facts } from './picture.js';
import type { Viewer } from './viewer.js';

/** The decoded picture, or its difference from the original: at the chosen rank, and without the atoms that are left out. */
export interface Decoded {
  draw(): void;
  /** The atom under the pointer: the picture is drawn without it, too. */
  readonly preview: Atom | undefined;
  /** Takes effect when the picture is drawn next. */
  setPreview(atom: Atom | undefined): void;
}

/** Events of the decoded picture; none of them for one without the atom under the pointer. */
export interface DecodedEvents {
  /** The picture of a rank is shown; `isMeasured`: its PSNR is known. */
  onShown(rank: number, isMeasured: boolean): void;
  /** The PSNR of a picture that is shown is known now. */
  onMeasured(rank: number): void;
  onError(message: string): void;
}

export function createDecoded(model: Model, making: Making, viewer: Viewer, events: DecodedEvents): Decoded {
  const { choices, picture } = model;
  let preview: Atom | undefined;

  const draw = latest(async () => {
    const { parts, generation } = picture.now;
    if (!parts) return;
    const rank = model.rank();
    const out = previewIn(rank);
    const without = out ? [...choices.now.without, out] : choices.now.without;
    const kind = choices.now.view === 'difference' ? 'difference' : 'decoded';
    const wanted: Wanted = { rank, without, kind };
    const label = `${kind === 'decoded' ? 'Decoded' : 'Difference'} at rank ${rank}`;
    const setPsnr = (psnr: number): void => {
      viewer.setLabel(`${label}: ${decibels(psnr)}`);
      if (out) showLoss(out, psnr, picture.now);
      else picture.setPsnr(psnr, rank, without.length === 0);
    };
    try {
      const { bitmap, psnr } = await making.ask('show', wanted);
      if (generation !== picture.now.generation) return;
      viewer.setDecoded(bitmap, label);
      if (psnr !== undefined) setPsnr(psnr);
      else
        void model.ask('measure', wanted).then(measured => {
          if (measured === undefined) return;
          setPsnr(measured);
          if (!out) events.onMeasured(rank);
        });
      if (out) return;
      byId('preview').hidden = true;
      events.onShown(rank, psnr !== undefined);
    } catch (error) {
      if (!(error instanceof Stopped)) events.onError(String(error));
    }
  });

  /** The atom under the pointer, if it is in the picture of a rank. */
  const previewIn = (rank: number): Atom | undefined => {
    const atom = preview;
    if (!atom || atom.column >= rank) return undefined;
    return choices.now.without.some(other => isSame(other, atom)) ? undefined : atom;
  };

  return {
    draw,
    get preview() {
      return preview;
    },
    setPreview(atom) {
      preview = atom;
    },
  };
}

/** Says on the picture what an atom is worth, given the PSNR without it. */
function showLoss(atom: Atom, psnr: number, { psnr: before, parts }: Readonly<Facts>): void {
  const tag = byId('preview');
  const loss = before !== undefined && Number.isFinite(before) ? `, ${(psnr - before).toFixed(2)} dB` : '';
  tag.textContent = `without ${atomName(atom, parts!.channels.length)}${loss}`;
  tag.hidden = false;
}
