import type { Atom } from '../../spectra/dissection.js';
import type { AtomPictures, Parts } from '../protocol.js';
import { byId, choose, element, pixelCanvas } from './dom.js';
import { channelName, integer, percent } from './numbers.js';
import { wordButton } from './words.js';

/** The atoms of one channel as cards, which take an atom out of the picture and put it back. The page calls atoms patterns. */
export interface AtomList {
  /** Shows the atoms of new factors. */
  setParts(parts: Parts, atoms: AtomPictures[]): void;
  setChannel(channel: number): void;
  /** Sets which atoms are left out, and the rank beyond which atoms are missing anyway. */
  setOut(without: readonly Atom[], rank: number): void;
}

/** Events of a pattern, in the cards and in the strip. */
export interface PatternEvents {
  /** Clicked: take it out, or put it back. */
  onToggle(atom: Atom): void;
  /** Pointed at: show the picture without it; undefined when that ends. */
  onPreview(atom: Atom | undefined): void;
}

/** Cards shown at first. */
const FEW = 12;

export const isSame = (a: Atom, b: Atom): boolean => a.channel === b.channel && a.column === b.column;

/** The name of an atom; numbers count from 1. */
export const atomName = ({ channel, column }: Atom, channels: number): string =>
  `${channelName(channel, channels)} ${column + 1}`;

/** Makes a button stand for an atom. */
export function watchPattern(
  button: HTMLElement,
  { channel, column }: Atom,
  { onToggle, onPreview }: PatternEvents,
): void {
  const atom = { channel, column };
  button.addEventListener('click', () => onToggle(atom));
  button.addEventListener('pointerenter', event => {
    if (event.pointerType === 'mouse') onPreview(atom);
  });
  button.addEventListener('pointerleave', () => onPreview(undefined));
  button.addEventListener('focus', () => button.matches(':focus-visible') && onPreview(atom));
  button.addEventListener('blur', () => onPreview(undefined));
}

/** `onChannel` is called when a channel is chosen. */
export function createAtomList(events: PatternEvents, onChannel: (channel: number) => void): AtomList {
  const list = byId('atoms');
  const group = byId<HTMLFieldSetElement>('channel');
  const showAll = byId('all');
  let parts: Parts | undefined;
  let atoms: AtomPictures[] = [];
  let channel = 0;
  let without: readonly Atom[] = [];
  let rank = 0;
  let areAll = false;
  let cards: { of: Atom; button: HTMLButtonElement; beyond: HTMLElement }[] = [];

  const drawCards = (): void => {
    const channelAtoms = atoms.filter(atom => atom.channel === channel);
    const shown = areAll ? channelAtoms : channelAtoms.slice(0, FEW);
    byId('anatomy-note').replaceChildren(...(parts ? noteOf(parts, channel, channelAtoms.length) : []));
    const focused = cards.findIndex(({ button }) => button === document.activeElement);
    cards = parts ? shown.map(atom => cardOf(atom, parts!)) : [];
    for (const { of: atom, button } of cards) watchPattern(button, atom, events);
    list.replaceChildren(...cards.map(({ button }) => element('li', {}, button)));
    cards[focused]?.button.focus();
    showAll.hidden = channelAtoms.length <= FEW;
    showAll.textContent = areAll ? `The first ${FEW} alone` : `All ${channelAtoms.length}`;
    mark();
  };

  const mark = (): void => {
    for (const { of: cardAtom, button, beyond } of cards) {
      const isBeyond = cardAtom.column >= rank;
      button.setAttribute('aria-pressed', String(without.some(atom => isSame(atom, cardAtom))));
      button.classList.toggle('beyond', isBeyond);
      beyond.textContent = isBeyond ? ', beyond this rank' : '';
    }
  };
  showAll.addEventListener('click', () => {
    areAll = !areAll;
    drawCards();
  });

  return {
    setParts(made, madeAtoms) {
      parts = made;
      atoms = madeAtoms;
      const { length } = made.channels;
      channel = Math.min(channel, length - 1);
      const buttons = made.channels.map((_, c) => channelButton(c, length, onChannel));
      group.replaceChildren(group.querySelector('legend')!, ...buttons);
      choose('channel', String(channel));
      drawCards();
    },
    setChannel(to) {
      channel = to;
      choose('channel', String(to));
      drawCards();
    },
    setOut(atomsOut, to) {
      without = atomsOut;
      rank = to;
      mark();
    },
  };
}

/** The radio button of a channel among `count`. */
function channelButton(channel: number, count: number, onChannel: (channel: number) => void): HTMLElement {
  const input = element('input', { type: 'radio', name: 'channel', value: String(channel) });
  input.addEventListener('change', () => onChannel(channel));
  return element('label', {}, input, element('span', {}, channelName(channel, count)));
}

function cardOf(pictures: AtomPictures, { channels, layout }: Parts) {
  const { channel, column } = pictures;
  const { kept, energy, stored } = channels[channel]!;
  const heard = (text: string): HTMLElement => element('span', { className: 'hidden' }, text);
  const beyond = heard('');
  const bits = stored?.columnBits[column];
  const button = element(
    'button',
    { type: 'button' },
    pixelCanvas(pictures.plane),
    element(
      'span',
      { className: 'head' },
      pixelCanvas(pictures.atom, layout === 'block' ? 'v' : 'v row'),
      element(
        'span',
        { className: 'figures' },
        element('b', {}, heard(`Take out ${channelName(channel, channels.length)} `), String(column + 1)),
        element('span', {}, percent(kept[column]! / (energy || 1)), heard(' of the energy')),
        element('span', {}, bits === undefined ? '\u00a0' : `${integer(bits / 8)} B`, beyond),
      ),
    ),
  );
  for (const canvas of button.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true');
  return { of: { channel, column }, button, beyond };
}

function noteOf({ channels, layout, file, grid }: Parts, channel: number, shown: number): (Node | string)[] {
  const { stored, energies } = channels[channel]!;
  const of =
    layout === 'block'
      ? ': the small tile, and above it how much of it there is in each block, brighter where it is added and darker where it is taken away.'
      : ': one column times one row; the row is below.';
  const parts: (Node | string)[] = ['Each card is a ', wordButton('pattern', 'pattern'), of];
  if (shown < energies.length && layout === 'channel')
    parts.push(` The first ${shown} of ${energies.length} are shown.`);
  if (!stored) return parts;
  const { basis, rotations, terms, bytes } = stored;
  const told = `${integer(rotations)} rotations, ${integer(bytes)} bytes`;
  if (layout === 'channel') parts.push(` The patterns of this channel take ${integer(bytes)} bytes.`);
  else if (basis === 'svd') parts.push(` The tiles are this picture\u2019s own: ${told}.`);
  else if (basis === 'rotated')
    parts.push(` The tiles are waves rotated towards this picture\u2019s own: ${told}.`);
  else parts.push(' The tiles are fixed waves, the DCT, and take no bytes.');
  if (terms) parts.push(` ${integer(terms)} terms predict patterns from others.`);
  if (file?.exactCells)
    parts.push(
      ` ${integer(file.exactCells)} of ${integer(grid.cols * grid.rows)} blocks are `,
      wordButton('exact', 'exact'),
      ', and no pattern makes them.',
    );
  return parts;
}
