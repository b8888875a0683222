import { type ClipSource, encodeSequence, type Raster, type SequenceEncodeOptions } from 'lowrank';

/** A clip of frames in memory, 40 ms each unless `durations` says otherwise. */
export const clipOf = (frames: readonly Raster[], rest: Partial<ClipSource> = {}): ClipSource => ({
  durations: frames.map(() => 40),
  frames: () => frames,
  ...rest,
});

export const encodeFrames = (
  frames: readonly Raster[],
  options?: SequenceEncodeOptions,
  rest?: Partial<ClipSource>,
): Promise<Uint8Array> => encodeSequence(clipOf(frames, rest), options);

/** PSNR over all colour samples of all frames, dB; frames must have as many samples a pixel as the originals. */
export function psnrOfClip(originals: readonly Raster[], decoded: readonly Raster[]): number {
  let sum = 0;
  let count = 0;
  originals.forEach(({ data, channels }, t) => {
    for (let i = 0; i < data.length; i++) {
      if (channels % 2 === 0 && i % channels === channels - 1) continue;
      sum += (data[i]! - decoded[t]!.data[i]!) ** 2;
      count++;
    }
  });
  const peak = originals[0]!.bitDepth === 16 ? 65_535 : 255;
  return 10 * Math.log10((peak * peak * count) / sum);
}

/** The same frames in another form: grey, with alpha, or of 16 bits a sample. */
export function asKind(frames: readonly Raster[], channels: 1 | 2 | 3 | 4, bitDepth: 8 | 16): Raster[] {
  return frames.map(({ width, height, data }, t) => {
    const size = width * height * channels;
    const out = bitDepth === 16 ? new Uint16Array(size) : new Uint8Array(size);
    for (let p = 0; p < width * height; p++)
      for (let c = 0; c < channels; c++) {
        const alpha = channels % 2 === 0 && c === channels - 1;
        const v = alpha ? ((p + t * 3) % 255 < 120 ? 255 : 40) : data[p * 3 + Math.min(c, 2)]!;
        out[p * channels + c] = bitDepth === 16 ? v * 257 : v;
      }
    return { width, height, channels, bitDepth, data: out };
  });
}
