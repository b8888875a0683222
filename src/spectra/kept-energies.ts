import { toChannels } from '../colour/analysis-kernels.js';
import { colourBasis } from '../colour/basis.js';
import type { Plane } from '../core/plane.js';
import type { Raster } from '../core/raster.js';
import { analysePicture } from '../encode/analyse.js';
import { withTiles } from '../encode/cells/with-tiles.js';
import type { Term } from '../encode/columns/factorise.js';
import { turned } from '../factors/design.js';
import { ORDER8 } from '../planes/order.js';
import { planePicture } from './atom-pictures.js';
import type { BlockDissection, Dissection } from './dissection.js';
import type { ChannelEnergy } from './energy-kept.js';
import { termsOfChannel } from './terms-of-channel.js';

/**
 * By channel, what each stored column removes of the picture's own energy |X|^2: |R|^2 - |R - u v^T|^2, where R is what earlier columns
 * have left. The sum up to a rank is |X|^2 less the squared error at that rank, however the columns are quantised, and so never more than
 * |X|^2.
 *
 * @param raster the picture that was encoded
 */
export function keptEnergies(raster: Raster, from: Dissection): ChannelEnergy[] {
  if (from.layout === 'block') return keptOfBlocks(raster, from);
  const { colour, weights } = from.file.header;
  return toChannels(raster, colourBasis(colour, weights)).map((original, channel) =>
    keptOfTerms(original, termsOfChannel(from, channel)),
  );
}

/** V is orthonormal: each column removes 2 x u - |u|^2, whichever came before it. */
function keptOfBlocks(raster: Raster, from: BlockDissection): ChannelEnergy[] {
  const { colour, weights } = from.file.header;
  const { tiles } = from.factors;
  const analysis = analysePicture(raster, { colour, weights });
  return (tiles ? withTiles(analysis, tiles) : analysis).channels.map((dct, channel) => {
    const basis = from.bases[channel];
    const x = basis ? turned(dct, basis) : dct;
    const kept = Array.from({ length: from.columns }, (_, column) => {
      const u = planePicture(from, { channel, column }).data;
      const k = ORDER8[column]!;
      let sum = 0;
      for (let b = 0; b < u.length; b++) sum += (2 * x[64 * b + k]! - u[b]!) * u[b]!;
      return sum;
    });
    return { kept, energy: squares(x) };
  });
}

function keptOfTerms({ width, height, data }: Plane, terms: Term[]): ChannelEnergy {
  const rest = Float64Array.from(data);
  const kept = terms.map(({ right, u, v }) => {
    if (!right) return 0;
    let sum = 0;
    for (let y = 0, i = 0; y < height; y++)
      for (let x = 0; x < width; x++, i++) {
        const added = u[y]! * v[x]!;
        const left = rest[i]! - added;
        sum += (rest[i]! + left) * added;
        rest[i] = left;
      }
    return sum;
  });
  return { kept, energy: squares(data) };
}

function squares(x: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i]! * x[i]!;
  return total;
}
