import {
  type ClipSource,
  decode,
  decodeBackground,
  decodeSequence,
  decodeSequenceStream,
  encode,
  encodeSequence,
  encodeSequenceStream,
  inspect,
  inspectSequence,
  type Raster,
} from 'lowrank';
import * as entry from 'lowrank/sequence';
import { beforeAll, describe, expect, it } from 'vitest';
import { CLIP, drawClip } from '../../samples/clip.js';
import { asKind, clipOf, encodeFrames, psnrOfClip } from './clips.js';

const frames = drawClip();
const small = frames.slice(0, 4);
/** The corner with the ball and the box; its sides are not whole blocks. */
const cropped = ({ width, data }: Raster): Raster => ({
  width: 43,
  height: 29,
  channels: 3,
  bitDepth: 8,
  data: Uint8Array.from(
    { length: 43 * 29 * 3 },
    (_, i) => data[((Math.floor(i / 129) + 25) * width + 30) * 3 + (i % 129)]!,
  ),
});
const decodeAll = (bytes: Uint8Array): Raster[] => [...decodeSequence(bytes, { channels: 'file' })];

describe('A clip that is encoded and decoded', () => {
  let bytes: Uint8Array;
  let error = 0;
  beforeAll(async () => {
    bytes = await encodeFrames(frames, { onFrame: frame => void (error += frame.error) });
  });

  it('comes back frame by frame with the error that the encoder reported', () => {
    const decoded = decodeAll(bytes);
    expect(decoded.map(({ width, height }) => [width, height])).toEqual(
      frames.map(() => [CLIP.width, CLIP.height]),
    );
    const samples = frames.length * frames[0]!.data.length;
    expect(psnrOfClip(frames, decoded)).toBeCloseTo(10 * Math.log10((255 * 255 * samples) / error), 9);
    expect(psnrOfClip(frames, decoded)).toBeGreaterThan(31);
  });

  it('takes far fewer bytes than its frames as single pictures at the same error', () => {
    const one = frames.map(frame => encode(frame, { quality: 68, effort: 1 }));
    expect(
      psnrOfClip(
        frames,
        one.map(file => decode(file, { channels: 'file' })),
      ),
    ).toBeLessThan(psnrOfClip(frames, decodeAll(bytes)));
    expect(bytes.length).toBeLessThan(0.7 * one.reduce((sum, file) => sum + file.length, 0));
  });

  it('has a background that is a picture of its own, without moving things', () => {
    const background = decodeBackground(bytes, { channels: 'file' });
    const { factorBytes, background: info } = inspectSequence(bytes);
    expect(info.bytes).toBe(factorBytes[0]);
    const at = (30 * CLIP.width + 40) * 3;
    expect(frames[4]!.data[at]).toBeGreaterThan(200);
    expect(background.data[at]).toBeLessThan(180);
  });

  it('decodes alike through the entry point without an encoder, and chunk by chunk', async () => {
    const whole = decodeAll(bytes);
    expect([...entry.decodeSequence(bytes, { channels: 'file' })]).toEqual(whole);
    for (const size of [1, 97, 5000]) {
      const chunks = function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      };
      const streamed: Raster[] = [];
      for await (const frame of decodeSequenceStream(chunks(), { channels: 'file' })) streamed.push(frame);
      expect(streamed).toEqual(whole);
    }
  });

  it('is the same when written in chunks, one for each frame after the background', async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of encodeSequenceStream(clipOf(frames))) chunks.push(chunk);
    expect(chunks.length).toBe(2 + frames.length);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    const { frameBytes } = inspectSequence(bytes);
    // The background comes first, the check of the whole last.
    expect(frameBytes).toEqual(chunks.slice(1, -1).map(chunk => chunk.length));
  });

  it('yields a frame while later bytes are still on their way', async () => {
    const { frameBytes } = inspectSequence(bytes);
    const first = bytes.length - 4 - frameBytes.slice(1).reduce((sum, size) => sum + size, 0);
    let sent = 0;
    const chunks = async function* () {
      yield bytes.subarray(0, (sent = first));
      yield bytes.subarray(first, (sent = bytes.length));
    };
    const stream = decodeSequenceStream(chunks());
    expect((await stream.next()).value).toMatchObject({ index: 0, whole: true });
    expect(sent).toBe(first);
    await stream.return();
  });

  it.each([
    { quality: 30 },
    { quality: 30, onProgress: () => {} },
    { psnr: 25 },
  ])('is reported frame by frame, each by its number and bytes: %j', async options => {
    const told: number[] = [];
    const onFrame = ({ index, bytes }: { index: number; bytes: number }) => void (told[index] = bytes);
    const file = await encodeFrames(small, { ...options, effort: 1, onFrame });
    expect(told).toEqual(inspectSequence(file).frameBytes);
  });

  it('keeps timing and loops', async () => {
    const durations = [40, 33.33, 0, 3_600_000];
    const timed = await encodeFrames(small, {}, { durations, loops: 3 });
    expect(inspectSequence(timed)).toMatchObject({ frames: 4, durations, loops: 3, duration: 3_600_073.33 });
    expect([...decodeSequence(timed)].map(frame => frame.duration)).toEqual(durations);
    const even = await encodeFrames(small, {}, { durations: durations.map(() => 1000 / 3), loops: 0 });
    expect(inspectSequence(even)).toMatchObject({ durations: durations.map(() => 333.33), loops: 0 });
  });
});

describe.each([
  [1, 8],
  [2, 8],
  [3, 16],
  [4, 8],
] as const)('Frames of %i samples a pixel, %i bits each', (channels, bitDepth) => {
  it('come back, with alpha too', async () => {
    const kind = asKind(small.map(cropped), channels, bitDepth);
    const bytes = await encodeFrames(kind, { quality: 85 });
    const decoded = decodeAll(bytes);
    expect(decoded[0]).toMatchObject({ channels, bitDepth });
    expect(psnrOfClip(kind, decoded)).toBeGreaterThan(33);
    if (channels % 2 === 0) {
      const alpha = (frame: Raster): number[] =>
        [...frame.data].filter((_, i) => i % channels === channels - 1);
      const off = alpha(kind[3]!).map((v, i) => Math.abs(v - alpha(decoded[3]!)[i]!));
      expect(off.reduce((sum, d) => sum + d, 0) / off.length).toBeLessThan(8);
    }
    expect(decodeSequence(bytes).next().value).toMatchObject({ channels: 4, bitDepth });
  });
});

describe('Frames without change', () => {
  it('take one byte, and repeat the frame before', async () => {
    const held = [frames[5]!, frames[5]!, frames[5]!, frames[8]!, frames[8]!];
    const bytes = await encodeFrames(held, { quality: 30 });
    expect(inspectSequence(bytes).frameBytes.filter(size => size === 1).length).toBeGreaterThanOrEqual(1);
    const decoded = decodeAll(bytes);
    expect(decoded[2]!.data).toEqual(decoded[1]!.data);
  });

  it('are enough for a clip of one frame', async () => {
    const bytes = await encodeFrames(frames.slice(0, 1));
    const [only, ...rest] = decodeAll(bytes);
    expect(rest).toEqual([]);
    expect(psnrOfClip(frames.slice(0, 1), [only!])).toBeGreaterThan(31);
  });
});

describe('Frames whose samples are Buffers of Node', () => {
  it.each([
    { quality: 60 },
    { psnr: 35 },
  ])('give the same clip, and keep their memory (%o)', async options => {
    const plain = small.map(cropped);
    const frames = plain.map(frame => ({ ...frame, data: Buffer.from(frame.data as Uint8Array) }));
    const bytes = await encodeFrames(frames, { ...options, effort: 1 });
    expect(bytes).toEqual(await encodeFrames(plain, { ...options, effort: 1 }));
    for (const [i, { data }] of frames.entries()) expect(Uint8Array.from(data)).toEqual(plain[i]!.data);
  });
});

describe('A target', () => {
  it('in dB is met from above', async () => {
    const bytes = await encodeFrames(small, { psnr: 34, effort: 1 });
    const got = psnrOfClip(small, decodeAll(bytes));
    expect(got).toBeGreaterThanOrEqual(34);
    expect(got).toBeLessThan(34.3);
  });

  it('in bytes, or bits a pixel, is never exceeded', async () => {
    const two = small.slice(0, 2);
    const bytes = await encodeFrames(two, { size: 2000, effort: 1 });
    expect(bytes.length).toBeLessThanOrEqual(2000);
    expect(bytes.length).toBeGreaterThan(1800);
    const bpp = (2000 * 8) / (two.length * CLIP.width * CLIP.height);
    expect((await encodeFrames(two, { bpp, effort: 1 })).length).toBe(bytes.length);
  });

  it('is refused for what is not a clip', async () => {
    for (const clip of [small, undefined, { durations: [40], frames: small }, { frames: () => small }])
      await expect(encodeSequence(clip as unknown as ClipSource)).rejects.toMatchObject({
        code: 'OPTION',
        field: 'clip',
      });
  });

  it('with an onTarget that is not a function is refused', async () => {
    for (const field of ['onFrame', 'onProgress'])
      await expect(encodeFrames(small.slice(0, 2), { [field]: true })).rejects.toMatchObject({
        code: 'OPTION',
        field,
      });
  });

  it('that cannot be met is refused with the best possible value', async () => {
    await expect(encodeFrames(small.slice(0, 2), { size: 20, effort: 1 })).rejects.toMatchObject({
      code: 'TARGET',
      field: 'size',
    });
  });
});

describe('The factors in time', () => {
  /** Two lamps that brighten and darken, each at its own pace, over a fixed texture. */
  const lamps = Array.from({ length: 12 }, (_, t): Raster => {
    const { width, height, data } = frames[0]!;
    const lit = data.map((v, i) => {
      const x = Math.floor(i / 3) % width;
      const y = Math.floor(i / 3 / width);
      const one = 60 * Math.exp(-((x - 20) ** 2 + (y - 20) ** 2) / 300) * Math.sin(t);
      const two = 60 * Math.exp(-((x - 65) ** 2 + (y - 35) ** 2) / 300) * Math.sin(2.3 * t + 1);
      return Math.max(0, Math.min(255, Math.round(v + one + two)));
    });
    return { width, height, channels: 3, bitDepth: 8, data: lit };
  });

  it('take fewer bytes for the same error if a scene changes along few of them', async () => {
    const options = { quality: 85, effort: 1 };
    const one = await encodeFrames(lamps, options);
    const three = await encodeFrames(lamps, { ...options, temporalRank: 3 });
    expect(inspectSequence(one).rank).toBe(1);
    expect(inspectSequence(three).rank).toBe(3);
    expect(three.length).toBeLessThan(0.9 * one.length);
    expect(psnrOfClip(lamps, decodeAll(three))).toBeGreaterThan(psnrOfClip(lamps, decodeAll(one)));
    // and without their residuals, each rank by itself
    const at = (rank: number): number =>
      psnrOfClip(lamps, [...decodeSequence(three, { rank, channels: 'file' })]);
    expect(at(2)).toBeGreaterThan(at(1) + 1);
    expect(at(3)).toBeGreaterThan(at(2) + 3);
  });

  it('follow changing light: the background alone shows it', async () => {
    const dimmed = frames.slice(0, 1).concat(
      [0.9, 0.8, 0.9, 1].map(light => ({
        ...frames[0]!,
        data: frames[0]!.data.map(v => Math.round(v * light)),
      })),
    );
    const bytes = await encodeFrames(dimmed, { quality: 85 });
    const low = [...decodeSequence(bytes, { rank: 1, channels: 'file' })];
    expect(psnrOfClip(dimmed, low)).toBeGreaterThan(33);
    expect(low.every(frame => !frame.whole)).toBe(true);
  });
});

describe('A prefix of a sequence', () => {
  it('shows the low-rank part of missing frames, from the first layer of the background on', async () => {
    const bytes = await encodeFrames(frames);
    const { factorBytes, frameBytes, background } = inspectSequence(bytes);
    const start = bytes.length - 4 - frameBytes.reduce((sum, size) => sum + size, 0);
    const first = start - factorBytes[0]! + background.layers[0]!.bytes;
    expect(() => [...decodeSequence(bytes.subarray(0, first - 1))]).toThrow(/TRUNCATED/);
    const early = decodeAll(bytes.subarray(0, first));
    expect(early.length).toBe(frames.length);
    const cut = start + frameBytes[0]! + frameBytes[1]!;
    const later = [...decodeSequence(bytes.subarray(0, cut), { channels: 'file' })];
    expect(later.map(frame => frame.whole)).toEqual(frames.map((_, t) => t < 2));
    const whole = decodeAll(bytes);
    expect(later[1]!.data).toEqual(whole[1]!.data);
    expect(psnrOfClip(frames, later)).toBeGreaterThan(psnrOfClip(frames, early));
    expect(psnrOfClip(frames, later)).toBeLessThan(psnrOfClip(frames, whole));
    const info = inspectSequence(bytes.subarray(0, cut));
    expect(info).toMatchObject({
      complete: false,
      frames: frames.length,
      frameBytes: frameBytes.slice(0, 2),
    });
    expect(inspectSequence(bytes).complete).toBe(true);
    expect(inspect(bytes.subarray(start - factorBytes[0]!, start)).complete).toBe(true);
  });
});
