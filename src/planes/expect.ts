import { meanOf, planeContext } from './contexts.js';
import type { Factors } from './read-factors.js';
import { roleOf } from './schedule.js';

const E = process.env;
const S = [Number(E.S0 ?? 0.45), Number(E.S1 ?? 0.3), Number(E.S2 ?? 0.5)];
const SL = [Number(E.L0 ?? 0.1), Number(E.L1 ?? 0.2), Number(E.L2 ?? 0.5)];
const D = Number(E.D ?? 3);
const NZ = Number(E.NZ ?? 0), CZ = Number(E.CZ ?? 0.1);
const CL = Number(E.CL ?? 0.5);
/** What coefficients of level 0 are expected to be. */
export function expect({ channels }: Pick<Factors, 'channels'>): void {
  channels.forEach((own, c) => {
    const role = roleOf(c, channels.length);
    const fills = (own.fills ??= new Float32Array(own.places * 64));
    if (E.OFF) return;
    for (let k = 1; k < 64; k++) {
      if ((k >> 3) + (k & 7) > D) continue;
      const context = planeContext(channels, c, role, k);
      const clip = 2 * CL;
      own.positions.forEach((i, b) => {
        const at = k * own.places + i;
        if (own.values[at]) {
          const L = own.values[at]!, m = meanOf(context, i) / 512;
          const dv = (m - L) * NZ, cz = 2 * CZ;
          fills[at] = role ? (dv < -cz ? -cz : dv > cz ? cz : dv) : 0;
          return;
        }
        const v = (meanOf(context, i) * (own.ends[b]! > 1 ? SL : S)[role]!) / 512;
        fills[at] = v < -clip ? -clip : v > clip ? clip : v;
      });
    }
  });
}
