import type { Raster } from '../core/raster.js';
import type { DecodeOptions, Picture } from '../decode/picture.js';
import type { EncodeOptions } from '../encode/options.js';
import type { ClipResult, DecodeFileOptions, FileResult, ImageInput } from '../io/index.js';
import type { EncodeAnyOptions } from '../io/jobs/encode-any.js';

/** What cannot cross to another thread: the pool stands in for it. */
type Uncloneable = 'signal' | 'onProgress' | 'onTemporary';

/** Work that a thread of the pool does: by name what it takes. All of it can be cloned. */
export interface Tasks {
  encode: { raster: Raster; options: Omit<EncodeOptions, Uncloneable> };
  decode: { bytes: Uint8Array; options: Omit<DecodeOptions, Uncloneable> };
  /** Reads and encodes; the file is in the result, and is not written. */
  encodeFile: { source: string | Uint8Array | ImageInput; options: Omit<EncodeAnyOptions, Uncloneable> };
  decodeFile: { source: string | Uint8Array; options: Omit<DecodeFileOptions, Uncloneable> };
}

/** By name what it gives. */
export interface Results {
  encode: Uint8Array;
  decode: Picture;
  encodeFile: FileResult | ClipResult;
  decodeFile: FileResult;
}

export type TaskName = keyof Tasks;

/** To a thread: one task at a time, on which it may have so many threads at work, itself among them. */
export type Order = { [K in TaskName]: { task: K; input: Tasks[K]; threads: number } }[TaskName];
