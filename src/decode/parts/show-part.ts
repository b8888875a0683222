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
  /** Samples in the form of `decode`, by its options `channels` and `bitDepth`. */
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
  const made = fromChannels(
    innerOf(planes, windowed.shown, window),
    colourBasis(colour, weights),
    { width, height, channels, bitDepth },
    rgba,
  );
  // Rounded as in `decode` when 8 bits are asked for.
  const out =
    bitDepth === 8 || data instanceof Uint16Array ? made : Uint8ClampedArray.from(made, v => v / 257);
  const samples = rgba ? 4 : channels;
  const row = samples * width;
  for (let y = 0; y < height; y++)
    data.set(out.subarray(y * row, (y + 1) * row), ((top + y) * header.width + left) * samples);
}
