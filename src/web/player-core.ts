import { atOnce, type Slices } from '../decode/slices.js';
import { bitmapOf } from './bitmap.js';
import { clipReader } from './clip-reader.js';
import { createHandler } from './handler.js';
import { inIdleTime } from './idle.js';
import type { ClipAnswer, ClipQuestion, Core } from './messages.js';
import { serve } from './serve.js';

/** Runs slices of work in the thread's own way. */
type Run = <T>(slices: Slices<T>) => T | Promise<T>;

/** A clip in a thread: returns a function that answers questions about it. */
function createClip(run: Run): (question: ClipQuestion) => Promise<ClipAnswer> {
  const read = clipReader();
  return async question => {
    const { raster, ...found } = await run(read(question));
    return raster ? { ...found, bitmap: await bitmapOf(raster) } : found;
  };
}

/** Like `core`, for sequences: everything that reads them, in one function whose text is also that of a worker. */
export function core(): Core<ClipQuestion, ClipAnswer> {
  return {
    local: createHandler(() => createClip(inIdleTime)),
    serve() {
      serve(createHandler(() => createClip(atOnce)));
    },
  };
}
