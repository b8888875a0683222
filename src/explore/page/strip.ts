import type { Atom } from '../../spectra/dissection.js';
import type { AtomPictures, Parts } from '../protocol.js';
import { atomName, isSame, type PatternEvents, watchPattern } from './atoms.js';
import { byId, element, pixelCanvas } from './dom.js';
import { integer } from './numbers.js';

/** The line "picture = weight x pattern + weight x pattern + ...", as long as the rank. */
export interface Strip {
  /** Shows the terms of one channel of new factors. */
  setTerms(parts: Parts | undefined, atoms: readonly AtomPictures[], channel: number): void;
  /** Sets how many terms are summed, and which atoms are left out. */
  setRank(rank: number, without: readonly Atom[]): void;
}

export function createStrip(events: PatternEvents): Strip {
  const strip = byId('strip');
  const more = element('span', { className: 'sign', hidden: true });
  let terms: { of: Atom; item: HTMLElement; button: HTMLButtonElement }[] = [];
  let isPointedAt = false;
  strip.addEventListener('pointerenter', () => {
    isPointedAt = true;
  });
  strip.addEventListener('pointerleave', () => {
    isPointedAt = false;
  });

  return {
    setTerms(parts, atoms, channel) {
      const channelAtoms = parts ? atoms.filter(atom => atom.channel === channel) : [];
      const count = parts?.channels.length ?? 0;
      const focused = terms.findIndex(({ button }) => button === document.activeElement);
      terms = channelAtoms.map((pictures, i) => {
        const { energies } = parts!.channels[channel]!;
        const weight = Math.sqrt(energies[pictures.column]!);
        const tile = parts!.layout === 'block' ? [pixelCanvas(pictures.atom, 'tile')] : [];
        const button = element(
          'button',
          { type: 'button' },
          element('span', { className: 'thumb' }, pixelCanvas(pictures.plane), ...tile),
        );
        for (const canvas of button.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true');
        const name = atomName(pictures, count);
        button.setAttribute('aria-label', `Take out ${name}, weight ${integer(weight)}`);
        watchPattern(button, pictures, events);
        const item = element(
          'span',
          { className: 'term', hidden: true },
          element('span', { className: 'sign' }, i ? '+' : ''),
          element('span', { className: 'weight' }, integer(weight), element('i', {}, '\u00d7')),
          button,
        );
        return { of: pictures, item, button };
      });
      strip.replaceChildren(
        element('span', { className: 'sign start' }, 'picture ='),
        ...terms.map(({ item }) => item),
        more,
      );
      terms[focused]?.button.focus();
    },
    setRank(rank, without) {
      let last: HTMLElement | undefined;
      for (const { of: termAtom, item, button } of terms) {
        item.hidden = termAtom.column >= rank;
        if (!item.hidden) last = item;
        button.setAttribute('aria-pressed', String(without.some(atom => isSame(atom, termAtom))));
      }
      const beyond = rank - 1 - (terms.at(-1)?.of.column ?? rank);
      more.hidden = beyond <= 0;
      more.textContent = `+ ${beyond} more`;
      // What is pointed at, or has the focus, stays where it is.
      if (!isPointedAt && !strip.contains(document.activeElement) && last)
        strip.scrollLeft = strip.scrollWidth;
    },
  };
}
