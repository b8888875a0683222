import { checkFollowing } from '../core/check-following.js';
import { CodecError } from '../core/errors.js';
import { checkEncodeOptions, type EncodeOptions } from '../encode/options.js';
import { MAX_TEMPORAL_RANK } from './header.js';

/** Options of `encodeSequence`. At most one of quality, psnr, size and bpp. */
export interface SequenceEncodeOptions extends Pick<EncodeOptions, 'maxPixels' | 'signal' | 'onProgress'> {
  /** 0 (smallest) to 100 (best). Default 75. */
  quality?: number;
  /**
   * PSNR over all colour samples of all frames in dB: met from above within 0.05 dB where the clip allows. All frames are held in memory.
   */
  psnr?: number;
  /** Bytes of the whole file: never more, and within 2 % below where the clip allows. All frames are held in memory. */
  size?: number;
  /** The size in bits a pixel of all frames. */
  bpp?: number;
  /** 1 (fast) to 9 (small). Default 5. */
  effort?: number;
  /** Spatial factors, 1 to 8. Default 1, the background alone. */
  temporalRank?: number;
  /**
   * Called with each frame when it is written, or written anew for a target: its number from 0, its bytes, and its squared error summed
   * over all colour samples, in 1 / 255 of the peak.
   */
  onFrame?: (frame: { index: number; bytes: number; error: number }) => void;
}

/** Throws OPTION unless every option is in range and at most one target is given. */
export function checkSequenceOptions(options: SequenceEncodeOptions): void {
  const { temporalRank: rank } = options;
  checkEncodeOptions(options);
  checkFollowing(options);
  if (rank !== undefined && !(Number.isInteger(rank) && rank >= 1 && rank <= MAX_TEMPORAL_RANK))
    throw new CodecError('OPTION', {
      field: 'temporalRank',
      got: rank,
      expected: `an integer from 1 to ${MAX_TEMPORAL_RANK}`,
    });
}
