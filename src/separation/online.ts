import { frameCheck } from '../core/frames.js';
import type { Raster } from '../core/raster.js';
import { compose } from './background.js';
import { cutOut } from './cut-out.js';
import { decompose } from './decompose.js';
import { Follower } from './follower.js';
import { fromOpponent, type Planes, toOpponent } from './opponent.js';
import { checkCount } from './options.js';
import type { SeparatedFrame } from './separated-frame.js';

/** Number of frames from which the first background is found. */
export const WARM_UP = 24;

/**
 * Separates a clip of any length frame by frame. The first WARM_UP frames are kept and come out together; after them memory is
 * that of about `rank` + 8 frames of 4 bytes a sample.
 */
export class OnlineSeparator {
  readonly #check = frameCheck();
  readonly #rank: number;
  #waiting: Raster[] = [];
  #follower: Follower | undefined;
  /** The frame before; the next one reuses its memory. */
  #planes: Planes | undefined;
  #format: Pick<Raster, 'width' | 'bitDepth'> | undefined;
  #count = 0;

  constructor(rank: number) {
    this.#rank = rank;
  }

  /** Takes the next frame; returns the frames that are ready now: none, all of the start, or this one. Throws RASTER. */
  push(frame: Raster): SeparatedFrame[] {
    this.#check(frame);
    if (this.#follower) return [this.#follow(this.#follower, frame)];
    this.#waiting.push(frame);
    return this.#waiting.length === WARM_UP ? this.#begin() : [];
  }

  /** The remaining frames, if there were fewer than WARM_UP. Throws OPTION if there are too few. */
  finish(): SeparatedFrame[] {
    return this.#follower ? [] : this.#begin();
  }

  /** What stays, as far as it is known now, in the mean light of all frames so far. Only after the first frames have come out. */
  background(): Raster {
    return this.#picture(this.#follower!.background());
  }

  #picture(data: Float32Array): Raster {
    const { width, bitDepth } = this.#format!;
    return fromOpponent({ ...this.#planes!, data }, width, bitDepth);
  }

  #begin(): SeparatedFrame[] {
    const frames = this.#waiting;
    checkCount(frames.length, this.#rank);
    const planes = frames.map(frame => toOpponent(frame));
    const { width, bitDepth } = frames[0]!;
    const found = decompose(planes, width, 'svd', this.#rank);
    const { model, masks } = found;
    this.#follower = new Follower(found, width);
    this.#planes = planes[0]!;
    this.#format = { width, bitDepth };
    this.#count = frames.length;
    this.#waiting = [];
    const composed = new Float32Array(planes[0]!.data.length);
    return frames.map((frame, index) => ({
      index,
      mask: masks[index]!,
      background: this.#picture(compose(model.space, model.time, index * model.rank, composed)),
      foreground: cutOut(frame, masks[index]!),
    }));
  }

  #follow(follower: Follower, frame: Raster): SeparatedFrame {
    const { mask, composed } = follower.next(toOpponent(frame, this.#planes!.data));
    return {
      index: this.#count++,
      mask,
      background: this.#picture(composed),
      foreground: cutOut(frame, mask),
    };
  }
}
