import { CodecError, decodeSequence, encode, encodeSequence, inspectSequence, type Raster } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { drawClip } from '../../samples/clip.js';
import { clipOf, encodeFrames } from './clips.js';

const frames = drawClip().slice(0, 3);

describe('Frames that make no clip are refused, and the frame is named,', () => {
  const refuse = async (of: readonly Raster[], expected: object, rest = {}): Promise<void> => {
    await expect(encodeFrames(of, {}, rest)).rejects.toMatchObject(expected);
  };
  const [a, b, c] = frames as [Raster, Raster, Raster];

  it('if one has another size, other channels or another depth', async () => {
    const half = { ...b, height: 30, data: b.data.subarray(0, b.data.length / 2) };
    await refuse([a, b, half], { code: 'RASTER', field: 'frame 3: height', got: 30 });
    const grey = { ...b, channels: 1 as const, data: b.data.subarray(0, b.width * b.height) };
    await refuse([a, grey, c], { code: 'RASTER', field: 'frame 2: channels', got: 1 });
    const deep = { ...b, bitDepth: 16 as const, data: Uint16Array.from(b.data) };
    await refuse([a, deep, c], { code: 'RASTER', field: 'frame 2: bitDepth', got: 16 });
  });

  it('if one has too few samples', async () => {
    await refuse([a, { ...b, data: b.data.subarray(1) }, c], {
      code: 'RASTER',
      field: 'frame 2: data.length',
    });
  });

  it('if there are none, or their number is not that of the durations', async () => {
    await refuse([], { code: 'OPTION', field: 'durations' });
    await refuse(
      [a, b],
      { code: 'RASTER', field: 'frames', got: 2, expected: '3' },
      { durations: [1, 2, 3] },
    );
    await refuse([a, b, c], { code: 'RASTER', field: 'frames', expected: '2' }, { durations: [1, 2] });
  });

  it('if timing or loops are out of range', async () => {
    await refuse([a, b], { code: 'OPTION', field: 'duration of frame 2' }, { durations: [1, -1] });
    await refuse([a, b], { code: 'OPTION', field: 'duration of frame 1' }, { durations: [Number.NaN, 1] });
    await refuse([a], { code: 'OPTION', field: 'loops' }, { loops: 70_000 });
  });

  it('if the source itself throws, with its own error', async () => {
    const broken = clipOf([a, b], {
      async *frames() {
        yield a;
        throw new Error('frame 2: torn');
      },
    });
    await expect(encodeSequence(broken)).rejects.toThrow('frame 2: torn');
  });

  it('if there are more pixels than allowed', async () => {
    await expect(encodeFrames(frames, { maxPixels: 5000 })).rejects.toMatchObject({ code: 'LIMIT' });
  });
});

describe('Options out of range are refused by name', () => {
  it.each([
    [{ quality: 101 }, 'quality'],
    [{ psnr: 40, size: 1000 }, 'size'],
    [{ temporalRank: 9 }, 'temporalRank'],
    [{ temporalRank: 1.5 }, 'temporalRank'],
    [{ effort: 0 }, 'effort'],
  ])('%j', async (options, field) => {
    await expect(encodeFrames(frames, options)).rejects.toMatchObject({ code: 'OPTION', field });
  });

  it('for the decoder too', async () => {
    const bytes = await encodeFrames(frames, { quality: 30, effort: 1 });
    const first = (options: object) => () => decodeSequence(bytes, options).next();
    expect(first({ rank: 0 })).toThrow(/OPTION: rank/);
    expect(first({ channels: 'bgr' })).toThrow(/OPTION: channels/);
    expect(first({ maxPixels: 5000 })).toThrow(/LIMIT/);
    expect(first({ signal: AbortSignal.abort() })).toThrow(/ABORTED/);
  });
});

describe('Aborted runs stop', () => {
  it('while encoding', async () => {
    const controller = new AbortController();
    const onFrame = () => controller.abort();
    await expect(encodeFrames(frames, { onFrame, signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });

  it('between two frames of the decoder', async () => {
    const controller = new AbortController();
    const decoding = decodeSequence(await encodeFrames(frames, { quality: 30 }), {
      signal: controller.signal,
    });
    expect(decoding.next().value).toMatchObject({ index: 0 });
    controller.abort();
    expect(() => decoding.next()).toThrow(/ABORTED/);
  });
});

describe('A picture and a sequence are not mistaken for each other', () => {
  it('by either reader', async () => {
    const picture = encode(frames[0]!, { effort: 1 });
    expect(() => inspectSequence(picture)).toThrow(/NOT_LRK/);
    expect(() => inspectSequence(new Uint8Array(0))).toThrow(/EMPTY/);
    expect(() => inspectSequence(picture.subarray(0, 2))).toThrow(/TRUNCATED/);
    expect(() => inspectSequence(new Uint8Array(0))).toThrow(CodecError);
  });
});
