import type { Atom } from '../../spectra/dissection.js';
import { createAtomList, isSame } from './atoms.js';
import { createCarried } from './carried.js';
import type { Decoded } from './decoded.js';
import { byId, showButton } from './dom.js';
import type { Model } from './model.js';
import type { State } from './state.js';
import { createStrip } from './strip.js';

/** The atoms of the picture, which the page calls patterns: their cards, the strip that sums them, and what one of them carries. */
export interface Patterns {
  /** Shows the atoms of the present factors. */
  draw(): void;
  /** Shows the atoms of the chosen channel. */
  drawChannel(): void;
  /** Marks which atoms are left out, and which are beyond the rank. */
  mark(): void;
  /** Shows what an atom carries; undefined: the last in the sum. */
  showCarried(atom: Atom | undefined): void;
}

/** `onChoice` is called when a channel is chosen, or other atoms are left out. */
export function createPatterns(
  model: Model,
  decoded: Decoded,
  onChoice: (chosen: Pick<State, 'channel'> | Pick<State, 'without'>) => void,
): Patterns {
  const { choices, picture, rank } = model;
  const toggle = (atom: Atom): void => {
    const { without } = choices.now;
    const others = without.filter(other => !isSame(other, atom));
    const isOut = others.length < without.length;
    decoded.setPreview(undefined);
    onChoice({ without: isOut ? others : [...without, atom] });
    showCarried(choices.now.without.at(-1));
  };
  const preview = (atom: Atom | undefined): void => {
    if (!atom && !decoded.preview) return;
    decoded.setPreview(atom);
    decoded.draw();
    showCarried(atom ?? choices.now.without.at(-1));
  };
  const events = { onToggle: toggle, onPreview: preview };
  const list = createAtomList(events, channel => onChoice({ channel }));
  const strip = createStrip(events);
  const showCarried = createCarried(model);

  byId('restore').addEventListener('click', () => {
    onChoice({ without: [] });
    showCarried(undefined);
  });

  const drawChannel = (): void => {
    const { parts, atoms } = picture.now;
    const { channel } = choices.now;
    list.setChannel(channel);
    strip.setTerms(parts, atoms, channel);
    mark();
  };
  const mark = (): void => {
    const { without } = choices.now;
    list.setOut(without, rank());
    strip.setRank(rank(), without);
    const channel = byId('channel').querySelector<HTMLElement>('input:checked');
    showButton(byId('restore'), without.length > 0, channel ?? byId('status'));
  };

  return {
    draw() {
      const { parts, atoms } = picture.now;
      if (parts) list.setParts(parts, atoms);
      drawChannel();
    },
    drawChannel,
    mark,
    showCarried,
  };
}
