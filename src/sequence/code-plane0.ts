import { fail } from '../core/errors.js';
import { roleOf } from '../planes/schedule.js';
import type { FrameCoder } from './frame.js';
import type { Memory } from './memory.js';
import { escapeContext, largerContext, signContext, zeroContext } from './states.js';

/** Magnitudes from this one on are escape codes. */
const ESCAPED = 16;
/** Most steps of an escape code. */
const STEPS = 17;

/** Lower bounds of levels 1 to 7 of the magnitudes around, and of levels 1 to 3 of what the last frame coded. */
const AROUND = [1, 2, 3, 5, 7, 11, 20];
const BEFORE = [16, 80, 300];
const levelIn = (bounds: number[], sum: number): number => bounds.filter(bound => bound <= sum).length;

/** Codes plane 0 of channel c in the coded blocks: `levels` at b * 64, in steps. Afterwards they are also in the factor's values. */
export function codePlane0(
  coder: FrameCoder,
  { factors, energies }: Memory,
  c: number,
  levels: Int32Array,
): void {
  const role = roleOf(c, factors.length);
  const { values, living, positions, stride } = factors[c]!;
  const luma = role ? factors[c - role]!.values : undefined;
  const size = (i: number): number => Math.abs(values[i]!) >> 1;
  for (const b of living[0]!) {
    const i = positions[b]!;
    const around = levelIn(
      AROUND,
      2 * (size(i - 1) + size(i - stride)) + size(i - stride - 1) + size(i - stride + 1),
    );
    const before = levelIn(BEFORE, energies[c]![i]!);
    const other = luma ? luma[i]! : 0;
    const level = levels[b * 64]!;
    const most = Math.abs(level);
    if (!coder.bit(zeroContext(role, around, before, Math.min(2, Math.abs(other) >> 1)), most ? 1 : 0))
      continue;
    const beside = Math.sign(values[i - 1]!) + Math.sign(values[i - stride]!);
    const negative = coder.bit(signContext(role, beside, Math.sign(other)), level < 0 ? 1 : 0);
    let m = 1;
    while (m < ESCAPED && coder.bit(largerContext(role, around, m), most > m ? 1 : 0)) m++;
    if (m === ESCAPED) m += codeEscape(coder, most - ESCAPED);
    values[i] = negative ? -2 * m : 2 * m;
  }
}

/** An Exp-Golomb code of order 2 with adaptive bits. */
function codeEscape(coder: FrameCoder, value: number): number {
  let base = 0;
  let e = 0;
  let k = 2;
  while (coder.bit(escapeContext(Math.min(e, STEPS)), value >= base + 2 ** k ? 1 : 0)) {
    if (++e > STEPS) fail('CORRUPT', 'level', 'an endless escape', `at most ${STEPS} steps`);
    base += 2 ** k++;
  }
  let rest = 0;
  for (let i = k - 1; i >= 0; i--)
    rest += coder.bit(escapeContext(i === k - 1 ? 20 : 21), ((value - base) >> i) & 1) << i;
  return base + rest;
}
