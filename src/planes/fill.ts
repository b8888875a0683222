import { meanOf, type PlaneContext, planeContext } from './contexts.js';
import type { Factor } from './factor.js';
import { ORDER8 } from './order.js';
import { roleOf } from './schedule.js';

/** Columns of a chroma channel whose zeros are filled: those of diagonals 1 to 3. */
export const FILLED = 10;
/** Bound of what a zero becomes, in half steps. */
const BOUND = 0.36;

/**
 * What the zeros of the chroma channels stand for, when all planes are known: half their signed mean within 0.18 steps; in half steps, laid out as
 * `values` up to plane (3, 0), 0 where these are not. Undefined for the first channel and alpha, and where
 * the restoration has no filter.
 */
export const fillsOf = (channels: Factor[], filters: readonly unknown[]): (Float32Array | undefined)[] =>
  channels.map((own, c) => {
    const role = roleOf(c, channels.length);
    if (!role || !filters[c]) return undefined;
    const fills = new Float32Array(25 * own.places);
    for (const k of ORDER8.subarray(1, FILLED)) fillPlane(planeContext(channels, c, role, k), fills);
    return fills;
  });

/** The zeros of one plane. */
function fillPlane(context: PlaneContext, fills: Float32Array): void {
  const { values, places, positions } = context.own;
  const plane = context.k * places;
  for (let n = 0; n < positions.length; n++) {
    const i = positions[n]!;
    if (values[plane + i]) continue;
    const mean = meanOf(context, i) / 1024;
    fills[plane + i] = mean < -BOUND ? -BOUND : mean > BOUND ? BOUND : mean;
  }
}
