/** A channel's energy, and what its columns keep of it. */
export interface ChannelEnergy {
  /** What each stored column removes of the energy, in the order of the file: see `keptEnergies`. */
  kept: readonly number[];
  /** The energy of the picture's channel: the sum of all its squared singular values. */
  energy: number;
}

/** The energy of the columns up to a rank as a share of the channels' energy, 0 to 1; 1 if they have none. */
export function energyKept(channels: readonly ChannelEnergy[], rank: number): number {
  const total = channels.reduce((sum, { energy }) => sum + energy, 0);
  if (total === 0) return 1;
  const sum = channels
    .flatMap(({ kept }) => kept.slice(0, rank))
    .reduce((total, energy) => total + energy, 0);
  // Rounding alone can exceed the limits.
  return Math.min(1, Math.max(0, sum / total));
}
