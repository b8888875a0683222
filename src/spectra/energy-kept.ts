/** What of a channel tells the energy that its columns keep. */
export interface ChannelEnergy {
  /** Of each stored column what it takes away of the energy, in the order of the file: see `keptEnergies`. */
  kept: readonly number[];
  /** Of the picture's channel: the sum of all its squared singular values. */
  energy: number;
}

/**
 * The energy of the columns up to a rank, as a share of all there is in these channels, 0 to 1; 1 where there is none.
 */
export function energyKept(channels: readonly ChannelEnergy[], rank: number): number {
  const all = channels.reduce((sum, { energy }) => sum + energy, 0);
  if (all === 0) return 1;
  const sum = channels
    .flatMap(({ kept }) => kept.slice(0, rank))
    .reduce((total, energy) => total + energy, 0);
  // Rounding of doubles alone can lead beyond.
  return Math.min(1, Math.max(0, sum / all));
}
