import type { Step } from '../../planes/schedule.js';

/** How many columns of each channel, and of its plane 0's level, have been decoded. */
export interface Ranks {
  channels: number[];
  levels: number[];
}

/** Those of so many channels before the first layer. */
export const noRanks = (channels: number): Ranks => ({
  channels: new Array<number>(channels).fill(1),
  levels: new Array<number>(channels).fill(0),
});

/**
 * Adds the steps of a layer to `ranks`. Returns the channels that it changes, and those of them whose plane 0 it changes; the first layer
 * changes all.
 */
export function takeLayer(
  ranks: Ranks,
  steps: readonly Step[],
  isFirst: boolean,
): { changed: Set<number>; settled: Set<number> } {
  const changed = new Set<number>(isFirst ? ranks.channels.keys() : []);
  const settled = new Set(changed);
  for (const { channel, thumb, planes } of steps) {
    ranks[thumb ? 'levels' : 'channels'][channel]! += planes.length;
    changed.add(channel);
    if (thumb) settled.add(channel);
  }
  return { changed, settled };
}
