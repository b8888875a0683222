import { bitsPerPixel } from '../metrics/bits-per-pixel.js';
import { inspectSequence } from '../sequence/inspect.js';
import { count, field, format, tenths } from './figures.js';

/** The results of `inspectSequence`, as text or JSON. */
export function describeSequence(input: string, bytes: Uint8Array, started: number, json: boolean): string {
  const info = inspectSequence(bytes);
  const { width, height, frames, duration, loops, rank, factorBytes, frameBytes, step } = info;
  const bpp = bitsPerPixel(bytes.length, width, height * frames);
  if (json) {
    const { background: _, ...rest } = info;
    const milliseconds = tenths(performance.now() - started);
    return JSON.stringify({
      input,
      output: null,
      sequence: true,
      ...rest,
      bytesPresent: bytes.length,
      bpp,
      milliseconds,
    });
  }
  const sum = frameBytes.reduce((total, size) => total + size, 0);
  return [
    input,
    field('frames', `${count(frames)} of ${format(info)}`),
    field(
      'duration',
      `${(duration / 1000).toFixed(2)} s, shown ${loops ? `${count(loops)} times` : 'for ever'}`,
    ),
    field('size', `${count(bytes.length)} bytes, ${bpp.toFixed(3)} bits a pixel`),
    field('codec', `version ${info.version}, step ${Number(step.toPrecision(4))}, temporal rank ${rank}`),
    field('background', `${count(factorBytes[0]!)} bytes`),
    ...factorBytes.slice(1).map((size, k) => field(`factor ${k + 2}`, `${count(size)} bytes`)),
    field('the rest', `${count(sum)} bytes, ${count(Math.round(sum / (frameBytes.length || 1)))} a frame`),
    ...(info.complete
      ? []
      : [field('cut short', `${count(frameBytes.length)} of ${count(frames)} frames are whole`)]),
  ].join('\n');
}
