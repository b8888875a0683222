import { colourBasis } from '../colour/basis.js';
import { fromChannels } from '../colour/channels.js';
import { addColumn } from '../columns/recompose.js';
import { type Plane, plane } from '../core/plane.js';
import type { Picture } from '../decode/options.js';
import { emptyFactor } from '../planes/factor.js';
import { ORDER8 } from '../planes/order.js';
import { recompose } from '../planes/recompose.js';
import { stepOf } from '../planes/step.js';
import type { Atom, Factored } from './dissection.js';
import { termsOfChannel } from './terms-of-channel.js';

/**
 * What one atom carries, u v^T alone, as an RGBA picture on middle grey; alpha is opaque. `gain` multiplies it; by default the strongest
 * sample just fits.
 */
export function carried(from: Factored, atom: Atom, gain?: number): Picture & { gain: number } {
  const { width, height, colour, channels, weights } = from.file.header;
  const channel = channelOf(from, atom);
  let most = 0;
  for (const value of channel.data) most = Math.max(most, Math.abs(value));
  const factorOf = gain ?? Math.max(1, Math.min(64, 127 / (most || 127)));
  channel.data.forEach((value, i) => {
    channel.data[i] = value * factorOf;
  });
  const silent = plane(channel.width, channel.height);
  const isColour = channels >= 3 && atom.channel < 3;
  const planes = isColour ? [0, 1, 2].map(c => (c === atom.channel ? channel : silent)) : [channel];
  const shape = { width, height, channels: isColour ? 3 : 1, bitDepth: 8 } as const;
  const data = fromChannels(planes, colourBasis(colour, weights), shape, true);
  return { width, height, channels: 4, bitDepth: 8, data, rank: 1, gain: factorOf };
}

/** A channel that contains only one atom. */
function channelOf(from: Factored, { channel, column }: Atom): Plane {
  const { header } = from.file;
  if (from.layout === 'channel') {
    const out = plane(header.width, header.height);
    const term = termsOfChannel(from, channel)[column];
    if (term?.right) addColumn(out, term.u, term.v);
    return out;
  }
  const factor = from.factors.channels[channel]!;
  const k = ORDER8[column]!;
  const { columnWeights, rowWeights, fineRowWeights, runs } = factor;
  const alone = { ...emptyFactor(factor, factor.side), columnWeights, rowWeights, fineRowWeights, runs };
  alone.values.set(factor.values.subarray(k * factor.places, (k + 1) * factor.places), k * factor.places);
  alone.ends.set(factor.ends);
  alone.plane0 = k === 0 ? factor.plane0 : new Float64Array(factor.places);
  return recompose(alone, stepOf(header.step) / 2, column + 1, from.bases[channel]);
}
