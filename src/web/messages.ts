import type { Info } from '../decode/index.js';
import type { SequenceInfo } from '../sequence/index.js';

/** What the page asks of a thread that decodes: question by question, about one of its pictures or clips. */
export type Ask<Q> = Partial<Q> & {
  /** Number of the picture or clip. */
  id: number;
  /** Forget it. */
  close?: boolean;
};

/** What comes back. */
export type Answer<A> = Partial<A> & {
  id: number;
  /** The fields of a CodecError; without a code it is the thread that failed. */
  error?: { code?: string; message: string; field?: string };
};

/** Answers one question after the other. */
export type Handler<Q, A> = (ask: Ask<Q>) => Promise<Answer<A>>;

/** All that decodes, for this thread or for a worker: see core.ts. */
export interface Core<Q, A> {
  /** Decodes in this thread, in its idle time. */
  local: Handler<Q, A>;
  /** Makes this thread a worker. */
  serve(): void;
}

/** What is asked about a picture. */
export interface PictureQuestion {
  /** The next bytes. */
  chunks: Uint8Array[];
  /** Decode what is here, no layer after this one. */
  layer?: number;
  /** 1 / scale of the size; said before the first picture, and kept. */
  scale?: 1 | 2 | 4 | 8;
  /** No more bytes will come. */
  end?: boolean;
}

export interface PictureAnswer {
  /** What the header says, as soon as it is here. */
  info?: Info;
  /** The picture up to `layer`, where that is more than the last time. */
  bitmap?: ImageBitmap;
  layer?: number;
  /** Would more of the file add nothing at this scale? */
  done?: boolean;
}

/** What is asked about a clip. */
export interface ClipQuestion {
  /** The next bytes, some of them. */
  chunks: Uint8Array[];
  /** No more bytes will come. */
  end: boolean;
  /** The frame wanted, from 0 on. */
  frame: number;
  /** Begin again before the first frame; the chunks are once more those from the start of the file. */
  rewind: boolean;
  /** The low-rank part alone, of so many factors; 0 for whole frames. */
  rank: number;
}

/** A layer of the background, or the frame; or what is missing for that. With neither the work is not done yet: ask again. */
export interface ClipAnswer {
  /** What the header says, once. */
  info?: SequenceInfo;
  bitmap?: ImageBitmap;
  /** The bitmap is the background up to this layer, 0 where it has none; else it is the frame. */
  layer?: number;
  /** More bytes are needed. */
  more?: boolean;
  /** The frame that comes next in the file. */
  next: number;
}
