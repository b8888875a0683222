import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode, inspect, rangesOf } from 'lowrank';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRanges } from '../../../src/io/files/read-ranges.js';
import { decodeFile } from '../../../src/io/jobs/decode-file.js';
import { draw } from '../../properties/codec-rasters.js';
import { xmpOf } from './pictures.js';

const folder = mkdtempSync(join(tmpdir(), 'lowrank-ranges-'));
const path = join(folder, 'a.lrk');
const region = { x: 30, y: 40, width: 50, height: 60 };
let bytes: Uint8Array;
beforeAll(() => {
  const raster = draw(530, 520, 3, 8, 'grain');
  bytes = encode(raster, { quality: 90, effort: 1, partSize: 256, metadata: { xmp: xmpOf() } });
  writeFileSync(path, bytes);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('Only what a region needs, and what follows the last layer, is read of a file', async () => {
  const read = await readRanges(path, { region });
  const wanted = new Uint8Array(bytes.length);
  const end = inspect(bytes).layers.at(-1)!.bytes;
  for (const { from, to } of [...rangesOf(bytes, { region }), { from: end, to: bytes.length }])
    wanted.set(bytes.subarray(from, to), from);
  // The first bytes are read to find the header.
  expect(Buffer.from(read).equals(Buffer.from(wanted))).toBe(true);
  expect(wanted.filter(byte => byte).length).toBeLessThan(0.6 * bytes.length);
});

it.each([
  { region },
  { region: { x: 8, y: 10, width: 12, height: 15 }, scale: 4 as const },
])('The picture and the metadata are the same: %j', async options => {
  const { data } = await decodeFile(path, undefined, options);
  const whole = await decodeFile(bytes, undefined, options);
  expect(Buffer.from(data).equals(Buffer.from(whole.data))).toBe(true);
  expect(decode(bytes, options).width).toBe(whole.width);
});

it('Truncated, too long and missing files give the same errors as their bytes', async () => {
  const cut = join(folder, 'cut.lrk');
  writeFileSync(cut, bytes.subarray(0, inspect(bytes).layers.at(-2)!.bytes));
  const { notes } = await decodeFile(cut, undefined, { region });
  expect(notes.join()).toContain('cut short');
  const long = join(folder, 'long.lrk');
  writeFileSync(long, Buffer.concat([bytes, Buffer.from('more')]));
  await expect(decodeFile(long, undefined, { region })).rejects.toMatchObject({ field: 'file' });
  await expect(decodeFile(folder, undefined, { region })).rejects.toMatchObject({ code: 'IS_DIRECTORY' });
  await expect(decodeFile(join(folder, 'none'), undefined, { region })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
