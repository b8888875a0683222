import { planePicture } from './atom-pictures.js';
import type { Factored } from './dissection.js';
import { termsOfChannel } from './terms-of-channel.js';

/**
 * By channel, the energy of each stored column, |u|^2 |v|^2, in the order of the file. What columns keep of the picture's own energy
 * differs slightly, since they are quantised: see `keptEnergies`.
 */
export function columnEnergies(from: Factored): number[][] {
  return Array.from({ length: from.file.header.channels }, (_, channel) => {
    if (from.layout === 'channel')
      return termsOfChannel(from, channel).map(({ right, u, v }) => (right ? squares(u) * squares(v) : 0));
    return Array.from({ length: from.columns }, (_, column) =>
      squares(planePicture(from, { channel, column }).data),
    );
  });
}

function squares(x: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i]! * x[i]!;
  return total;
}
