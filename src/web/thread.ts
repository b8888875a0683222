import { createDecoder, type DecodeOptions, type Decoder, type Picture } from '../decode/index.js';
import { bitmapOf } from './bitmap.js';
import type { PictureAnswer, PictureQuestion } from './messages.js';

/** Runs the decoder up to a layer, in the thread's own way. */
export type Run = (decoder: Decoder, layer?: number) => Picture | Promise<Picture>;

/** A picture in a thread: returns a function that answers questions about it. */
export function createPicture(run: Run): (question: PictureQuestion) => Promise<PictureAnswer> {
  const options: DecodeOptions = {};
  const decoder = createDecoder(options);
  /** Number of complete layers here, and of layers shown. */
  let layers = 0;
  let shown = 0;
  return async ({ chunks, scale, layer = 0, end }) => {
    // The decoder reads its options when the first picture is asked for.
    if (scale) options.scale = scale;
    for (const chunk of chunks) layers = decoder.push(chunk);
    const last = Math.min(layer, layers);
    const { info } = decoder;
    if (last <= shown && !(end && !shown)) return { info };
    shown = last;
    const picture = await run(decoder, last || undefined);
    return { info, layer: last, done: decoder.done, bitmap: await bitmapOf(picture) };
  };
}
