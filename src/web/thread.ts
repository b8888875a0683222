import { createDecoder, type DecodeOptions, type Decoder, type Picture } from '../decode/index.js';
import type { Answer, Ask, Handler } from './messages.js';

/** A picture in the hands of this thread. */
interface Job {
  options: DecodeOptions;
  decoder: Decoder;
  /** Whole layers that are here, and those that have been shown. */
  layers: number;
  shown: number;
}

/** Gives the decoder's picture up to a layer, each thread in its own way. */
export type Run = (decoder: Decoder, layer?: number) => Picture | Promise<Picture>;

/** Decodes pictures for those who ask: the part that runs in workers, or in idle time. */
export function createHandler(run: Run): Handler {
  const jobs = new Map<number, Job>();
  return async ask => {
    const { id, close } = ask;
    try {
      if (!close) return await answer(jobs, ask, run);
      jobs.delete(id);
      return { id };
    } catch (error) {
      jobs.delete(id);
      const { code, message, field } = error as { code?: string; message: string; field?: string };
      return { id, error: { code, message, field } };
    }
  };
}

async function answer(jobs: Map<number, Job>, ask: Ask, run: Run): Promise<Answer> {
  const { id, chunks, scale, layer = 0, end } = ask;
  let job = jobs.get(id);
  if (!job) {
    const options: DecodeOptions = {};
    jobs.set(id, (job = { options, decoder: createDecoder(options), layers: 0, shown: 0 }));
  }
  const { decoder } = job;
  // The decoder looks at its options when the first picture is asked for.
  if (scale) job.options.scale = scale;
  for (const chunk of chunks) job.layers = decoder.push(chunk);
  const last = Math.min(layer, job.layers);
  const { info } = decoder;
  if (last <= job.shown && !(end && !job.shown)) return { id, info };
  job.shown = last;
  const picture = await run(decoder, last || undefined);
  return { id, info, layer: last, done: decoder.done, bitmap: await bitmapOf(picture) };
}

/** A picture as canvases take it; 16 bits a sample become 8. */
function bitmapOf({ width, height, data }: Picture): Promise<ImageBitmap> {
  const samples = data instanceof Uint16Array ? Uint8ClampedArray.from(data, v => v / 257) : data;
  return createImageBitmap(new ImageData(samples as Uint8ClampedArray<ArrayBuffer>, width, height));
}
