import type { Info } from '../decode/index.js';

/** What a loading picture asks of the thread that decodes it. */
export interface Ask {
  /** Number of the picture. */
  id: number;
  /** The next bytes. */
  chunks: Uint8Array[];
  /** Decode what is here, no layer after this one. */
  layer?: number;
  /** 1 / scale of the size; said before the first picture, and kept. */
  scale?: 1 | 2 | 4 | 8;
  /** No more bytes will come. */
  end?: boolean;
  /** Forget the picture. */
  close?: boolean;
}

/** What comes back. */
export interface Answer {
  id: number;
  /** What the header says, as soon as it is here. */
  info?: Info;
  /** The picture up to `layer`, where that is more than the last time. */
  bitmap?: ImageBitmap;
  layer?: number;
  /** Would more of the file add nothing at this scale? */
  done?: boolean;
  /** The fields of a CodecError; without a code it is the thread that failed. */
  error?: Failure;
}

/** What went wrong: a CodecError's fields, or NETWORK, HTTP. */
export interface Failure {
  code?: string;
  message: string;
  field?: string;
}

/** Answers one question after the other. */
export type Handler = (ask: Ask) => Promise<Answer>;
