import type { FrameData } from '../clip-data.js';

/** The pictures of one frame, decoded. */
export interface Pictures {
  original: HTMLImageElement;
  background: HTMLImageElement;
  mask: HTMLImageElement;
}

/** Frames kept decoded, and how many of them are ahead. */
const KEPT = 32;
const AHEAD = 8;

/** Decodes the pictures of frames when they are needed, and the next ones in advance. */
export class FramePictures {
  readonly #kept = new Map<number, Promise<Pictures>>();

  constructor(readonly frames: readonly FrameData[]) {}

  /** Rejects if a picture cannot be decoded. */
  load(index: number): Promise<Pictures> {
    const found = this.#kept.get(index) ?? decode(this.frames[index]!);
    // moved to the end: the oldest is dropped first
    this.#kept.delete(index);
    this.#kept.set(index, found);
    for (const key of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(key);
    return found;
  }

  prefetch(index: number): void {
    for (let i = 1; i <= Math.min(AHEAD, this.frames.length - 1); i++)
      this.load((index + i) % this.frames.length).catch(() => {});
  }
}

async function decode({ original, background, mask }: FrameData): Promise<Pictures> {
  const [a, b, c] = await Promise.all([original, background, mask].map(picture));
  return { original: a!, background: b!, mask: c! };
}

async function picture(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}
