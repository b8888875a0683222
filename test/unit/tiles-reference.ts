import { AdaptiveBits } from '../../src/bits/adaptive.js';
import type { RangeDecoder } from '../../src/bits/range-decoder.js';

const NEIGHBOURS = [
  [-1, 0], [0, -1], [-1, -1], [1, -1], [-2, 0], [0, -2], [-2, -1], [2, -1], [-1, -2], [1, -2], [-3, 0], [3, -1],
] as const; // biome-ignore format: as in the document

interface Slot {
  colour: number;
  trust: number;
}

/** Section 18 of codec-spec.md, sentence by sentence, with maps for all state. Colours are unsigned, by 'x y'. */
export function tilesByTheBook(
  coder: RangeDecoder,
  width: number,
  height: number,
  n: number,
): Map<string, number> {
  const contexts = new Map<string, AdaptiveBits>();
  const bit = (family: string, index: number): number => {
    const name = `${family} ${index}`;
    if (!contexts.has(name)) contexts.set(name, new AdaptiveBits([0]));
    const state = contexts.get(name)!;
    const value = coder.bit(state.probability(0));
    state.update(0, value);
    return value;
  };
  const tree = (family: string, base: number): number => {
    let node = 1;
    for (let i = 0; i < 8; i++) node = 2 * node + bit(family, base + node);
    return node - 256;
  };
  const sample = (c: number, k: number): number => Math.floor(c / 2 ** (8 * (n - 1 - k))) % 256;
  const colours = new Map<string, number>();
  const slots = new Map<number, Slot>();
  const last = new Map<number, number>();
  const foretold = new Map<number, number>();
  const [cols, rows] = [Math.ceil(width / 8), Math.ceil(height / 8)];
  const exact = new Map<string, number>();
  const exactAt = (x: number, y: number): number => exact.get(`${x} ${y}`) ?? 0;
  const cells: number[] = [];
  for (let b = 0; b < cols * rows; b++) {
    const is = (i: number): number => cells[i] ?? 0;
    cells.push(bit('exact', is(b - 1) + 2 * is(b - cols) + 4 * is(b - cols + 1)));
    exact.set(`${b % cols} ${Math.floor(b / cols)}`, cells[b]!);
  }
  const colourAt = (x: number, y: number, given: number): number => {
    const near = NEIGHBOURS.map(([dx, dy]) => colours.get(`${x + dx} ${y + dy}`) ?? 0);
    let h = 0;
    const numbers: number[] = [];
    near.forEach((colour, i) => {
      const mixed = Number((BigInt((h ^ colour) >>> 0) * 2654435761n) % 2n ** 32n);
      h = (mixed ^ Math.floor(h / 2 ** 15)) >>> 0;
      if (i === 1 || i === 5 || i === 11) numbers.unshift(Math.floor(h / 2 ** 12));
    });
    const candidates: { colour: number; source: number; place: number; agreeing: number }[] = [];
    const speak = (colour: number, source: number): void => {
      const named = candidates.find(candidate => candidate.colour === colour);
      if (!named) candidates.push({ colour, source, place: candidates.length, agreeing: 0 });
      else named.agreeing++;
    };
    numbers.forEach((number, voice) => {
      const slot = slots.get(number);
      if (slot) speak(slot.colour, 4 * voice + slot.trust - 1);
    });
    for (let voice = 3; voice < 7; voice++) speak(near[voice - 3]!, 9 + voice);
    if (given) return candidates[0]!.colour;
    let found = candidates.find(({ source, place, agreeing }) =>
      bit('candidate', (place * 16 + source) * 8 + agreeing),
    )?.colour;
    found ??= escaped(near);
    for (const number of numbers) {
      const slot = slots.get(number);
      if (slot?.colour === found) slot.trust = Math.min(slot.trust + 1, 4);
      else if (slot && slot.trust > 2) slot.trust >>= 1;
      else slots.set(number, { colour: found, trust: 1 });
    }
    return found;
  };
  const escaped = (near: number[]): number => {
    const s = tree('first', Math.floor(sample(near[0]!, 0) / 32) * 256);
    if (last.has(s) && bit('same', 0)) return last.get(s)!;
    let colour = s;
    for (let k = 1; k < n; k++) {
      const expected = sample(near[0]!, k) - sample(near[0]!, 0) + s;
      colour = colour * 256 + ((((expected + tree('rest', k * 256)) % 256) + 256) % 256);
    }
    last.set(s, colour);
    return colour;
  };
  for (let y = 0; y < height; y++)
    for (let c = 0; c < cols; c++) {
      if (!exactAt(c, Math.floor(y / 8))) continue;
      const told = (col: number): number => (foretold.get(col) ?? 0) % 8;
      const given = bit('foretold', told(c) * 8 + told(c - 1));
      foretold.set(c, 2 * told(c) + given);
      for (let x = 8 * c; x < Math.min(width, 8 * c + 8); x++)
        colours.set(`${x} ${y}`, colourAt(x, y, given));
    }
  return colours;
}
