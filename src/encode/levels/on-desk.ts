import type { PictureLevels } from '../../planes/write-factors.js';
import type { Desk } from './desk.js';
import { markBold } from './kernels.js';

/** Puts the levels of the channels on the desk, with the channels as targets, and marks what is bold. Those of plane 0 stay where they are. */
export function onDesk(
  from: PictureLevels,
  channels: Float32Array[],
  thumbs: Float32Array[],
  desk: Desk,
): PictureLevels {
  const levels = from.channels.map((channel, c) => {
    const place = desk.channels[c]!;
    if (channel.levels !== place.levels) {
      place.levels.set(channel.levels);
      place.lastBand.set(channel.lastBand);
    }
    place.target.set(channels[c]!);
    markBold(place.notes, channels[c]!, 64);
    markBold(desk.thumbs[c]!, thumbs[c]!, 16);
    return { ...channel, levels: place.levels, lastBand: place.lastBand };
  });
  return { channels: levels, thumbs: [...from.thumbs] };
}

/** Copies the levels off the desk, so that it can be reused. */
export const offDesk = ({ channels, thumbs }: PictureLevels): PictureLevels => ({
  channels: channels.map(({ levels, lastBand, runs }) => ({
    levels: levels.slice(),
    lastBand: lastBand.slice(),
    runs,
  })),
  thumbs: [...thumbs],
});
