import { clearFactors } from '../planes/clear-factors.js';
import { compand } from '../planes/companding.js';
import { type Factor, MAGNITUDE_MASK } from '../planes/factor.js';
import { plainOrder, roleOf, stepsOf } from '../planes/schedule.js';
import { settlePlane0 } from '../planes/thumbnail.js';
import { codeMap } from './code-map.js';
import { codePlane0 } from './code-plane0.js';
import type { Frame, FrameCoder } from './frame.js';
import type { Memory } from './memory.js';

/**
 * Codes a frame: the map of coded blocks, then plane 0 of all channels, then their bands, the channels in turn within each. The result is
 * in memory.factors and `frame`. With `learn` the memory is updated for the next frame.
 */
export function codeFrame(coder: FrameCoder, memory: Memory, frame: Frame, learn: boolean): void {
  const { factors } = memory;
  clearFactors({ channels: factors, thumbs: [] });
  const map = codeMap(coder, memory, frame);
  const living = [...frame.coded.keys()].filter(b => frame.coded[b]);
  factors.forEach((own, c) => {
    own.living = [living];
    own.alive = map.coded.slice();
    codePlane0(coder, memory, c, frame.levels[c]!);
    const before = memory.energies[c]!;
    for (let i = 0; i < own.places; i++) own.activity[i] = (compand(own.values[i]!) >> 1) + (before[i]! >> 1);
    settlePlane0(factors, c, roleOf(c, factors.length));
  });
  for (const { channel, band, planes } of bandsOf(factors.length)) {
    const role = roleOf(channel, factors.length);
    coder.alive(factors, channel, role, band);
    for (const k of planes) coder.plane(factors, channel, role, k);
  }
  if (!learn) return;
  memory.coded = map.coded;
  memory.sources = map.sources;
  memory.energies = factors.map(energyOf);
}

/** All bands of all channels, without plane 0's level. */
const bandsOf = (channels: number) =>
  stepsOf(channels, plainOrder(channels, 64), 64, false).filter(({ thumb }) => !thumb);

/** Half of the sum of the magnitudes in each block, by position. */
function energyOf({ magnitudes, values, places, positions, size }: Factor): Int32Array {
  const out = new Int32Array(places);
  for (const i of positions) {
    let sum = compand(values[i]!);
    for (let k = 1; k < size; k++) sum += magnitudes[k * places + i]! & MAGNITUDE_MASK;
    out[i] = sum >> 1;
  }
  return out;
}
