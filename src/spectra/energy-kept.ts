/** What of a channel tells the energy that its columns keep. */
export interface ChannelEnergy {
  /** Of each stored column, |u|^2 |v|^2, in the order of the file. */
  energies: readonly number[];
  /** Of the picture's channel: the sum of all its squared singular values. */
  energy: number;
}

/**
 * The energy of the columns up to a rank, as a share of all there is in these channels, 0 to 1. What is stored is quantised and may hold a little more than there was: that
 * counts as all.
 */
export function energyKept(channels: readonly ChannelEnergy[], rank: number): number {
  const kept = channels.flatMap(({ energies }) => energies.slice(0, rank));
  const all = channels.reduce((sum, { energy }) => sum + energy, 0);
  return Math.min(1, kept.reduce((sum, energy) => sum + energy, 0) / (all || 1));
}
