import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type CodecError, decode, encode, truncate } from 'lowrank';
import { decodeAsync, encodeAsync, readImage } from 'lowrank/node';
import { expect, test } from 'vitest';
import { draw } from '../properties/codec-rasters.js';
import { picture, smooth } from '../unit/io/pictures.js';

/** A photo that takes long to encode. */
const { raster: scene } = await readImage(fileURLToPath(new URL('../../samples/scene.png', import.meta.url)));

/** The error of a rejected promise. */
const failureOf = (promise: Promise<unknown>): Promise<CodecError> =>
  promise.then(
    () => {
      throw new Error('not rejected');
    },
    (error: CodecError) => error,
  );

test('Threads encode to the same bytes, many at a time, and do not take the raster from its owner', async () => {
  const rasters = [smooth(40, 30), picture(9, 12, 4, 16), picture(16, 5, 1, 8), picture(11, 8, 2, 8)];
  const files = await Promise.all(rasters.map(raster => encodeAsync(raster, { quality: 60 })));
  for (const [i, raster] of rasters.entries()) {
    expect(raster.data.length).toBe(raster.width * raster.height * raster.channels);
    expect(files[i]).toEqual(encode(raster, { quality: 60 }));
  }
});

test('Samples in a Buffer of Node, as sharp gives them, stay with their owner as well', async () => {
  const raster = smooth(16, 16);
  const file = encode(raster);
  for (const data of [
    Buffer.from(raster.data), // in memory that small Buffers share, which cannot change hands
    Buffer.alloc(768).fill(raster.data as Uint8Array),
    Buffer.from(Uint8Array.from(raster.data).buffer),
  ]) {
    expect(await encodeAsync({ ...raster, data })).toEqual(file);
    expect(Uint8Array.from(data)).toEqual(raster.data);
  }
});

test('Threads decode to the same samples, prefixes and views of larger buffers too', async () => {
  const file = encode(smooth(120, 90));
  const view = Buffer.concat([Buffer.from('before'), file, Buffer.from('after')]).subarray(
    6,
    6 + file.length,
  );
  for (const [bytes, options] of [
    [file, {}],
    [view, { channels: 'file', scale: 2 }],
    [truncate(file, { rank: 6 }), { rank: 4 }],
  ] as const)
    expect(await decodeAsync(bytes, options)).toEqual(decode(bytes, options));
  expect(view.length).toBe(file.length);
});

test('Errors in a thread are the same as without threads', async () => {
  const raster = smooth(16, 16);
  const cases: [() => Promise<unknown>, () => unknown][] = [
    [() => encodeAsync(raster, { size: 20 }), () => encode(raster, { size: 20 })],
    [() => encodeAsync(raster, { quality: 101 }), () => encode(raster, { quality: 101 })],
    [() => encodeAsync({ ...raster, width: 17 }), () => encode({ ...raster, width: 17 })],
    [() => decodeAsync(new Uint8Array(9)), () => decode(new Uint8Array(9))],
    [() => decodeAsync(encode(raster), { maxPixels: 9 }), () => decode(encode(raster), { maxPixels: 9 })],
  ];
  for (const [there, here] of cases) {
    const { code, field, message } = await failureOf(there());
    const error = await failureOf(Promise.resolve().then(here));
    expect({ code, field, message }).toEqual({
      code: error.code,
      field: error.field,
      message: error.message,
    });
  }
});

test('An abort ends one task at once, in the middle of its work, and no other', async () => {
  const controller = new AbortController();
  let reason: unknown;
  const aborted = failureOf(
    encodeAsync(scene, {
      effort: 9,
      signal: controller.signal,
      // It is busy, and far from its end.
      onProgress: fraction => {
        expect(fraction).toBeLessThan(1);
        reason ??= new Error('enough');
        controller.abort(reason);
      },
    }),
  );
  const other = encodeAsync(smooth(24, 24));
  expect((await aborted).code).toBe('ABORTED');
  expect(await other).toEqual(encode(smooth(24, 24)));
  expect((await failureOf(encodeAsync(scene, { signal: AbortSignal.abort() }))).code).toBe('ABORTED');
  expect((await failureOf(decodeAsync(new Uint8Array(9), { signal: AbortSignal.abort() }))).code).toBe(
    'ABORTED',
  );
});

test('Progress never falls while a target is searched for', () => {
  for (const target of [{ psnr: 33 }, { size: 1500 }, { psnr: 30, layout: 'channel' }] as const) {
    const shares: number[] = [];
    encode(draw(90, 60, 3, 8, 'photo'), { ...target, onProgress: share => shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  }
});

test('Progress rises with the work, with and without threads', async () => {
  const here: number[] = [];
  const there: number[] = [];
  const file = encode(scene, { onProgress: fraction => here.push(fraction) });
  await encodeAsync(scene, { onProgress: fraction => there.push(fraction) });
  const read: number[] = [];
  await decodeAsync(file, { onProgress: fraction => read.push(fraction) });
  for (const shares of [here, there, read]) {
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  }
  expect(here.length).toBeGreaterThan(8);
  expect(there.length).toBeGreaterThan(2);
});

test('The progress callback can abort an encoder in the middle of a picture', () => {
  const controller = new AbortController();
  const shares: number[] = [];
  const onProgress = (fraction: number): void => {
    shares.push(fraction);
    if (fraction > 0.3) controller.abort();
  };
  expect(() => encode(scene, { signal: controller.signal, onProgress })).toThrow('ABORTED');
  expect(shares.at(-1)).toBeLessThan(0.7);
});

test('An error thrown by onProgress ends the task, which is rejected with it', async () => {
  const mine = new Error('mine');
  const onProgress = (): void => {
    throw mine;
  };
  expect(await failureOf(encodeAsync(scene, { effort: 9, onProgress }))).toBe(mine);
  expect(await encodeAsync(smooth(24, 24))).toEqual(encode(smooth(24, 24)));
});

test('Invalid signals, callbacks and metadata are refused, with and without threads', async () => {
  const raster = smooth(16, 16);
  const file = encode(raster);
  for (const [field, value] of [
    ['signal', 'no'],
    ['signal', {}],
    ['signal', false],
    ['signal', ''],
    ['onProgress', 3],
    ['onProgress', false],
  ] as const) {
    const options = { [field]: value };
    const expected = { code: 'OPTION', field, got: value };
    expect(() => encode(raster, options)).toThrow(expect.objectContaining(expected));
    expect(await failureOf(encodeAsync(raster, options))).toMatchObject(expected);
    expect(await failureOf(decodeAsync(file, options))).toMatchObject(expected);
  }
  const none = { signal: null, onProgress: null } as unknown as object;
  expect(await decodeAsync(await encodeAsync(raster, none), none)).toEqual(decode(file));
  for (const got of [null, 'sRGB']) {
    const options = { metadata: got as unknown as object };
    const expected = { code: 'OPTION', field: 'metadata', got };
    expect(() => encode(raster, options)).toThrow(expect.objectContaining(expected));
    expect(await failureOf(encodeAsync(raster, options))).toMatchObject(expected);
  }
  const metadata = { icc: 'sRGB' as unknown as Uint8Array };
  const expected = { code: 'OPTION', field: 'metadata.icc', expected: 'Uint8Array' };
  expect(() => encode(raster, { metadata })).toThrow(expect.objectContaining(expected));
  expect(await failureOf(encodeAsync(raster, { metadata }))).toMatchObject(expected);
});

test('One signal ends many tasks with a single listener, which is removed when the last has ended', async () => {
  const { signal } = new AbortController();
  const tasks = Array.from({ length: 20 }, () => encodeAsync(smooth(16, 16), { signal }));
  expect(getEventListeners(signal, 'abort').length).toBe(1);
  await Promise.all(tasks);
  expect(getEventListeners(signal, 'abort').length).toBe(0);
  const controller = new AbortController();
  const aborted = Array.from({ length: 20 }, () =>
    failureOf(encodeAsync(scene, { signal: controller.signal })),
  );
  controller.abort();
  for (const { code } of await Promise.all(aborted)) expect(code).toBe('ABORTED');
  expect(getEventListeners(controller.signal, 'abort').length).toBe(0);
});

test('If no thread can be started, a task is rejected with the reason, and leaves nothing behind', async () => {
  const script = `
    import { getEventListeners } from 'node:events';
    import { encodeAsync } from 'lowrank/node';
    const raster = { width: 8, height: 8, channels: 1, bitDepth: 8, data: new Uint8Array(64) };
    const { signal } = new AbortController();
    const tasks = await Promise.allSettled([1, 2].map(() => encodeAsync(raster, { signal })));
    console.log(...tasks.map(({ reason }) => reason.code), getEventListeners(signal, 'abort').length);`;
  const flags = process.allowedNodeEnvironmentFlags;
  const permission = flags.has('--permission') ? '--permission' : '--experimental-permission';
  const args = ['--no-warnings', permission, '--allow-fs-read=*', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toBe('ERR_ACCESS_DENIED ERR_ACCESS_DENIED 0\n');
});
