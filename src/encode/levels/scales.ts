import { BANDS8 } from '../../planes/order.js';
import { CHANNEL_BANDS } from '../../planes/schedule.js';
import { aliveContext } from '../../planes/states.js';
import type { CostMeter } from './costs.js';
import { type Prices, pricesOf } from './prices.js';

/** The costs of choices: prices times lambda, in squared steps. */
export interface Scales extends Prices {
  meter: CostMeter;
  lambda: number;
}

/** The scales of planes of `type`, see pricesOf. */
export function scalesOf(meter: CostMeter, type: number, lambda: number): Scales {
  const { zero, sizes } = pricesOf(meter, type);
  return {
    meter,
    lambda,
    zero: zero.map(contexts => contexts.map(c => c * lambda)),
    sizes: sizes.map(c => c * lambda),
  };
}

/** The costs of alive flags in squared steps, at [band * 64 + level * 2 + bit] for bands 1 to CHANNEL_BANDS + 1; 0 where there are none. */
export function aliveCosts(meter: CostMeter, role: number, rank: number, lambda: number): Float64Array {
  const costs = new Float64Array(64 * (CHANNEL_BANDS + 2));
  for (let band = 1; band <= CHANNEL_BANDS && BANDS8[band - 1]! < rank; band++)
    for (let i = 0; i < 64; i++)
      costs[64 * band + i] = lambda * meter.cost(aliveContext(role, band, i >> 1), i & 1);
  return costs;
}
