import { AdaptiveBits } from '../bits/adaptive.js';
import { CostMeter } from '../encode/levels/costs.js';
import { SYMBOL_CONTEXTS } from '../factors/rotation.js';
import { writeBases } from '../factors/write-basis.js';
import { ORDER8 } from '../planes/order.js';
import { levelsOf } from './bits.js';
import type { Dissection } from './dissection.js';

/**
 * Bytes of the quantised factors up to a rank as plain integers, without the entropy coder. Each column of U, and of V if it is stored as
 * columns, has as many bits a number as its largest level needs, with a sign. In layout `block` plane 0 counts by its own factor, V by its
 * rotations; exact cells are not factors and do not count.
 */
export function factorBytes(from: Dissection, rank: number): number {
  if (from.layout === 'channel') {
    const turns = new Array<number>(from.file.header.channels).fill(0);
    const kept = from.terms.filter(({ channel }) => turns[channel]!++ < rank);
    const bits = kept.map(({ term }) => fixedLength(term.left) + (term.right ? fixedLength(term.right) : 0));
    return Math.ceil(sum(bits) / 8);
  }
  const { channels, thumbs } = levelsOf(from);
  const meter = new CostMeter(new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS)));
  writeBases(meter, from.bases);
  const planes = channels.flatMap(({ levels }) =>
    Array.from(ORDER8.subarray(1, rank), k => fixedLength(column(levels, 64, k))),
  );
  const first = thumbs.flatMap(levels =>
    Array.from({ length: 16 }, (_, k) => fixedLength(column(levels, 16, k))),
  );
  return Math.ceil((meter.bits + sum(planes) + sum(first)) / 8);
}

/** Bits of numbers that all have the length that the largest needs: log2(2 max + 1), rounded up. */
function fixedLength(levels: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < levels.length; i++) most = Math.max(most, Math.abs(levels[i]!));
  return Math.ceil(Math.log2(2 * most + 1)) * levels.length;
}

const column = (levels: ArrayLike<number>, size: number, k: number): Int32Array =>
  Int32Array.from({ length: levels.length / size }, (_, b) => levels[b * size + k]!);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
