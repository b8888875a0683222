import type { Atom } from '../../spectra/dissection.js';
import type { AtomPictures, Encoded } from '../protocol.js';
import { byId, element, pixelCanvas } from './dom.js';
import { channelName, integer, percent } from './numbers.js';

/** The atoms of one channel as cards, which take an atom out of the picture and put it back. */
export interface AtomList {
  /** Of a new file: all its atoms; undefined while there is none. */
  setFile(encoded: Encoded | undefined, atoms: AtomPictures[]): void;
  setChannel(channel: number): void;
  /** Which atoms are out, and those beyond which rank are not there anyway. */
  setOut(without: readonly Atom[], rank: number): void;
}

export const isSame = (a: Atom, b: Atom): boolean => a.channel === b.channel && a.column === b.column;

/** How an atom is called; numbers count from 1. */
export const atomName = ({ channel, column }: Atom, channels: number): string =>
  `${channelName(channel, channels)} ${column + 1}`;

/** `onToggle` is told of an atom that is clicked, `onChannel` of a channel that is chosen. */
export function createAtomList(
  onToggle: (atom: Atom) => void,
  onChannel: (channel: number) => void,
): AtomList {
  const list = byId('atoms');
  const group = byId<HTMLFieldSetElement>('channel');
  let encoded: Encoded | undefined;
  let atoms: AtomPictures[] = [];
  let channel = 0;
  let without: readonly Atom[] = [];
  let rank = 0;
  let cards: { of: Atom; button: HTMLButtonElement; beyond: HTMLElement }[] = [];

  const drawCards = (): void => {
    const shown = atoms.filter(atom => atom.channel === channel);
    const made = encoded?.channels[channel];
    byId('anatomy-note').textContent = made ? noteOf(encoded!, channel, shown.length) : '';
    cards = made ? shown.map(atom => cardOf(atom, encoded!)) : [];
    for (const { of, button } of cards) button.addEventListener('click', () => onToggle(of));
    list.replaceChildren(...cards.map(({ button }) => element('li', {}, button)));
    mark();
  };

  const mark = (): void => {
    for (const { of, button, beyond } of cards) {
      const isOut = without.some(atom => isSame(atom, of));
      const isBeyond = of.column >= rank;
      button.setAttribute('aria-pressed', String(isOut));
      button.classList.toggle('beyond', isBeyond);
      beyond.textContent = isBeyond ? ', beyond this rank' : '';
    }
  };

  return {
    setFile(made, of) {
      encoded = made;
      atoms = of;
      const count = made?.channels.length ?? 0;
      channel = Math.min(channel, Math.max(0, count - 1));
      group.replaceChildren(
        group.querySelector('legend')!,
        ...Array.from({ length: count }, (_, c) => {
          const input = element('input', {
            type: 'radio',
            name: 'channel',
            value: String(c),
            checked: c === channel,
          });
          input.addEventListener('change', () => onChannel(c));
          return element('label', {}, input, element('span', {}, channelName(c, count)));
        }),
      );
      drawCards();
    },
    setChannel(to) {
      channel = to;
      for (const input of group.querySelectorAll('input')) input.checked = input.value === String(to);
      drawCards();
    },
    setOut(atomsOut, to) {
      without = atomsOut;
      rank = to;
      mark();
    },
  };
}

function cardOf(pictures: AtomPictures, { channels, bitMap }: Encoded) {
  const { channel, column } = pictures;
  const { energies, energy, bits } = channels[channel]!;
  const heard = (text: string): HTMLElement => element('span', { className: 'hidden' }, text);
  const beyond = heard('');
  const button = element(
    'button',
    { type: 'button' },
    pixelCanvas(pictures.plane),
    element(
      'span',
      { className: 'head' },
      pixelCanvas(pictures.atom, bitMap ? 'v' : 'v row'),
      element(
        'span',
        { className: 'figures' },
        element('b', {}, heard(`Take out ${channelName(channel, channels.length)} `), String(column + 1)),
        element('span', {}, percent(energies[column]! / (energy || 1)), heard(' of the energy')),
        element('span', {}, `${integer(bits[column]! / 8)} B`, beyond),
      ),
    ),
  );
  for (const canvas of button.querySelectorAll('canvas')) canvas.setAttribute('aria-hidden', 'true');
  return { of: { channel, column }, button, beyond };
}

function noteOf({ channels, bitMap, exactCells, grid }: Encoded, channel: number, shown: number): string {
  const { basis, rotations, terms, bytes, rank } = channels[channel]!;
  const whole = grid.cols * grid.rows;
  const of = bitMap
    ? 'Each card: a column of U laid out on the grid of blocks, and below it the column of V that its numbers weigh.'
    : 'Each card: the term u v\u1d40, and below it the column of V as a row.';
  const v = !bitMap
    ? `U and V are the file\u2019s own, ${rank} columns each; V takes ${integer(bytes)} bytes.`
    : basis === 'dct'
      ? `V is the DCT${terms ? `, with ${integer(terms)} terms that foretell planes (${integer(bytes)} bytes)` : ', which takes no bytes'}.`
      : basis === 'svd'
        ? `V is the exact basis of this picture: ${integer(rotations)} rotations, ${integer(bytes)} bytes.`
        : `V is the DCT turned by ${integer(rotations)} rotations${terms ? ` and ${integer(terms)} terms foretell planes` : ''}: ${integer(bytes)} bytes.`;
  const exact = exactCells
    ? ` ${integer(exactCells)} of ${integer(whole)} blocks are exact cells, which no atom makes.`
    : '';
  const first = shown < rank ? ` The first ${shown} of ${rank} are shown.` : '';
  return `${of} Click one to take it out. ${v}${exact}${first}`;
}
