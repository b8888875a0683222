import { colourBasis } from '../../colour/basis.js';
import { fromChannels } from '../../colour/kernels.js';
import type { Raster } from '../../core/raster.js';
import type { Header } from '../../format/header.js';
import { channelsOf, factorsIn, innerOf, type StoredPicture } from '../../parts/compose.js';
import type { Window } from '../../planes/factors.js';
import { stepOf } from '../../planes/step.js';
import type { ChannelFilter } from '../../restore/filter.js';
import { restore } from '../../restore/restore.js';

/** A picture whose factors have been read, and where its samples go. It can be cloned, and threads may share its arrays. */
export interface ShowWork {
  header: Pick<Header, 'width' | 'height' | 'channels' | 'bitDepth' | 'colour' | 'weights'>;
  stored: StoredPicture;
  filters: (ChannelFilter | undefined)[];
  parts: Window[];
  /** Samples as `decode` gives them with its options `channels` and `bitDepth`. */
  data: Raster['data'];
  rgba: boolean;
}

/** factors -> matrices -> channels -> pixels, of part n. */
export function showPart({ header, stored, filters, parts, data, rgba }: ShowWork, n: number): void {
  const window = parts[n]!;
  const { colour, weights, channels, bitDepth } = header;
  const windowed = factorsIn(stored, window);
  const { planes, coded } = channelsOf(stored, windowed);
  restore(planes, coded, stepOf(stored.shape.step), filters, weights !== undefined);
  const [left, top] = [8 * window.left, 8 * window.top];
  const width = Math.min(8 * window.cols, header.width - left);
  const height = Math.min(8 * window.rows, header.height - top);
  const samples = fromChannels(
    innerOf(planes, windowed.shown, window),
    colourBasis(colour, weights),
    { width, height, channels, bitDepth },
    rgba,
  );
  const row = (rgba ? 4 : channels) * width;
  const across = (rgba ? 4 : channels) * header.width;
  const to8 = bitDepth === 16 && !(data instanceof Uint16Array);
  for (let y = 0; y < height; y++) {
    const from = samples.subarray(y * row, (y + 1) * row);
    data.set(
      to8 ? from.map(v => Math.round(v / 257)) : from,
      (top + y) * across + (rgba ? 4 : channels) * left,
    );
  }
}
