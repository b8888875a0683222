import type { Raster } from '../core/raster.js';
import type { DecodeOptions, Picture } from '../decode/options.js';
import type { EncodeOptions } from '../encode/options.js';
import type { ClipResult, DecodeFileOptions, FileResult, ImageInput } from '../io/index.js';
import type { EncodeAnyOptions } from '../io/jobs/encode-any.js';

/** Options that cannot pass to another thread: the pool handles them. */
type Uncloneable = 'signal' | 'onProgress' | 'onTemporary';

/** Tasks of the pool's threads, with their input. All of it can be cloned. */
export interface Tasks {
  encode: { raster: Raster; options: Omit<EncodeOptions, Uncloneable> };
  decode: { bytes: Uint8Array; options: Omit<DecodeOptions, Uncloneable> };
  /** Reads and encodes; the file is in the result, and is not written. */
  encodeFile: { source: string | Uint8Array | ImageInput; options: Omit<EncodeAnyOptions, Uncloneable> };
  decodeFile: { source: string | Uint8Array; options: Omit<DecodeFileOptions, Uncloneable> };
}

/** The result of each task. */
export interface Results {
  encode: Uint8Array;
  decode: Picture;
  encodeFile: FileResult | ClipResult;
  decodeFile: FileResult;
}

export type TaskName = keyof Tasks;

/** To a thread: one task at a time, with the number of threads that may work on it, itself included. */
export type Order = { [K in TaskName]: { task: K; input: Tasks[K]; threads: number } }[TaskName];
