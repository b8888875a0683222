import type { SampleCount } from '../../src/core/raster.js';
import { inventPicture } from '../golden/make/invent-picture.js';
import { assembled, inventSequence } from '../golden/make/invent-sequence.js';
import { likely, randomOf } from '../golden/make/inventor.js';
import { compact } from './files.js';

const WEIGHTS = { plane0: 5, luma: 19, chroma: 8, chromaRise: 16, activity: 2, texture: 2 };

/** Pictures of a few blocks, one of each kind, and sequences of them: thousands of them decode in a second. */
export function tinyFiles(): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const channels of [1, 2, 3, 4] as SampleCount[]) {
    const decide = likely(randomOf(channels), 0.3);
    const size = { width: 19 - channels, height: 5 * channels + 3, channels };
    const invent = (name: string, fields: object, layers: number[]): Uint8Array =>
      (files[`${name} ${channels}`] = inventPicture({ fields: { ...size, ...fields }, decide, layers }));
    const plain = invent('8 bits', {}, [5 * channels, 6 * channels]);
    invent('16 bits', { bitDepth: 16, weights: WEIGHTS }, [5 * channels]);
    // Models of pixels are large even for tiny pictures.
    if (channels === 3) invent('tiles', { tiles: true, weights: WEIGHTS }, [5 * channels + 1]);
    invent('rank 3', { rank: 3 }, []);
    const order = Array.from({ length: 3 * channels }, (_, turn) => turn % channels);
    invent('channel', { layout: 'channel', rank: 9, order }, [channels]);
    const small = compact(plain);
    if (small) files[`compact ${channels}`] = small;
    files[`sequence ${channels}`] = assembled(
      inventSequence({
        ...{ pictures: [plain, plain], decide, frames: [true, false, true] },
        fields: { gains: [[0, 400, -300], []] },
      }),
    );
  }
  return files;
}
