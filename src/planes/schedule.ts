import { BANDS4, BANDS8, ORDER4, ORDER8 } from './order.js';

/** One step of the file: one band of one channel, or of its plane 0's level. */
export interface Step {
  channel: number;
  /** Is it at plane 0's level? */
  thumb: boolean;
  /** 0 to 4 at plane 0's level, 1 to 6 in a channel. */
  band: number;
  /** The band's planes in order, as far as the rank of the file goes. */
  planes: Uint8Array;
  /** Columns of the channel in use after this step. */
  rank: number;
  /** Is it the exact cells instead of a band? */
  tiles?: boolean;
}

/** Number of bands of plane 0's level, and of a channel. */
const THUMB_BANDS = BANDS4.length - 1;
export const CHANNEL_BANDS = BANDS8.length - 1;

/** Which channels a channel's contexts may look at: 0 only itself, 1 the channel before it, 2 the two before it. Alpha stands alone. */
export const roleOf = (channel: number, channels: number): number =>
  channels >= 3 && channel < 3 ? channel : 0;

/** Number of bands that hold columns below `rank`: 0 for rank 1, which is plane 0 alone. */
export const bandsOfRank = (rank: number): number => BANDS8.findIndex(end => end >= rank);

/** Columns in use after these steps, in the channel with most. */
export const rankOf = (steps: Step[]): number => steps.reduce((most, { rank }) => Math.max(most, rank), 0);

/** The order band by band, the channels in turn within each. */
export const plainOrder = (channels: number, rank: number): number[] =>
  Array.from({ length: bandsOfRank(rank) * channels }, (_, i) => i % channels);

/**
 * The steps of a file: plane 0's level, band by band, the channels in turn; the exact cells, if there are `tiles`; then the channels'
 * bands, each channel in its turns of `order`. In layout `channel`, `byColumns`, each turn is the channel's next column. A turn of a
 * missing channel, or of one with no bands or columns left, is no step.
 */
export function stepsOf(
  channels: number,
  order: readonly number[],
  rank: number,
  tiles: boolean,
  byColumns = false,
): Step[] {
  const steps: Step[] = [];
  for (let band = 0; band < THUMB_BANDS && !byColumns; band++)
    for (let channel = 0; channel < channels; channel++)
      steps.push({
        channel,
        thumb: true,
        band,
        planes: ORDER4.subarray(BANDS4[band]!, BANDS4[band + 1]!),
        rank: 1,
      });
  if (tiles)
    steps.push({ channel: 0, thumb: true, band: THUMB_BANDS, planes: ORDER4.subarray(16), rank: 1, tiles });
  const bands = new Array<number>(channels).fill(0);
  const most = byColumns ? rank : bandsOfRank(rank);
  for (const channel of order) {
    const band = ++bands[channel]!;
    if (!(band <= most)) continue;
    const end = byColumns ? band : Math.min(rank, BANDS8[band]!);
    steps.push({ channel, thumb: false, band, planes: ORDER8.subarray(BANDS8[band - 1]!, end), rank: end });
  }
  return steps;
}
