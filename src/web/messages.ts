import type { Info } from '../decode/index.js';
import type { SequenceInfo } from '../sequence/index.js';

/** What the page asks a decoding thread: question by question, about one of its pictures or clips. */
export type Ask<Q> = Partial<Q> & {
  /** Number of the picture or clip. */
  id: number;
  /** Forget it. */
  close?: boolean;
};

/** The answer. */
export type Answer<A> = Partial<A> & {
  id: number;
  /** The fields of a CodecError; without a code the thread itself failed. */
  error?: { code?: string; message: string; field?: string };
};

/** Answers one question after the other. */
export type Handler<Q, A> = (ask: Ask<Q>) => Promise<Answer<A>>;

/** Everything that decodes, for this thread or for a worker: see core.ts. */
export interface Core<Q, A> {
  /** Decodes in this thread, in its idle time. */
  local: Handler<Q, A>;
  /** Makes this thread a worker. */
  serve(): void;
}

/** A question about a picture. */
export interface PictureQuestion {
  /** The next bytes. */
  chunks: Uint8Array[];
  /** Decode what is here, but no layer after this one. */
  layer?: number;
  /** Decode at 1 / scale of the size; set before the first picture and kept. */
  scale?: 1 | 2 | 4 | 8;
  /** No more bytes will come. */
  end?: boolean;
}

export interface PictureAnswer {
  /** The header, as soon as it is here. */
  info?: Info;
  /** The picture up to `layer`, if that is more than last time. */
  bitmap?: ImageBitmap;
  layer?: number;
  /** Would more of the file add nothing at this scale? */
  done?: boolean;
}

/** A question about a clip. */
export interface ClipQuestion {
  /** Some of the next bytes. */
  chunks: Uint8Array[];
  /** No more bytes will come. */
  end: boolean;
  /** The frame wanted, from 0. */
  frame: number;
  /** Begin again before the first frame; the chunks then start with the file again. */
  rewind: boolean;
  /** Only the low-rank part, from this many factors; 0 for whole frames. */
  rank: number;
}

/** A layer of the background, the frame, or what is missing for it. With none of these the work is not done yet: ask again. */
export interface ClipAnswer {
  /** The header, once. */
  info?: SequenceInfo;
  bitmap?: ImageBitmap;
  /** The bitmap is the background up to this layer, 0 if it has none. Undefined: the bitmap is the frame. */
  layer?: number;
  /** More bytes are needed. */
  more?: boolean;
  /** The next frame in the file. */
  next: number;
}
