import { writeFile } from 'node:fs/promises';
import { decode, encode, inspect } from 'lowrank';
import { readImage } from 'lowrank/node';
import { beforeAll, expect, test } from 'vitest';
import { drawClip } from '../../samples/clip.js';
import { readSequenceHeader } from '../../src/sequence/read-header.js';
import { encodeFrames } from '../sequence/clips.js';
import { smooth } from '../unit/io/pictures.js';
import { lowrank, newPlace } from './harness.js';

const lrk = encode(smooth(160, 120), { quality: 90, metadata: { xmp: new Uint8Array(30).fill(60) } });
const { layers } = inspect(lrk);
let clip: Uint8Array;
beforeAll(async () => {
  clip = await encodeFrames(drawClip().slice(0, 3), { quality: 20, effort: 1, temporalRank: 2 });
});

/** The file with one bit changed in this byte. */
function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 4;
  return copy;
}

test('verify tells intact, truncated and damaged files apart, and where the damage is', async () => {
  const place = await newPlace();
  const last = layers.length - 1;
  const [from, to] = [layers[last - 1]!.bytes, layers[last]!.bytes];
  const number = (n: number): string => n.toLocaleString('en-US');
  const cases: [name: string, bytes: Uint8Array, code: number, says: string][] = [
    ['a.lrk', lrk, 0, `sound, ${layers.length} layers`],
    [
      'b.lrk',
      lrk.subarray(0, from + 1),
      0,
      `cut short, sound as far as it goes: ${last} of ${last + 1} layers`,
    ],
    [
      'c.lrk',
      damaged(lrk, to - 1),
      1,
      `damaged: layer ${last + 1}, bytes ${number(from)} to ${number(to)}; ${last} of ${last + 1} layers can be decoded`,
    ],
    ['d.lrk', damaged(lrk, to + 2), 1, `damaged: checksum, bytes ${number(to)} to ${number(lrk.length)}`],
    ['e.lrk', damaged(lrk, 14), 1, 'damaged: header check, bytes 0 to '],
  ];
  for (const [name, bytes, code, says] of cases) {
    const input = await place.put(name, bytes);
    const result = await lowrank(['verify', input]);
    expect([result.code, result.stdout.toString()]).toEqual([
      code,
      expect.stringContaining(`${input}: ${says}`),
    ]);
  }
  const all = await lowrank(['verify', '--json', ...cases.map(([name]) => place.at(name))]);
  expect(all.code).toBe(1);
  expect(all.objects.map(({ damage }) => damage.length)).toEqual([0, 0, 1, 1, 1]);
  expect(all.objects[2]).toMatchObject({
    complete: true,
    layers: last + 1,
    present: last + 1,
    sound: last,
    damage: [{ field: `layer ${last + 1}`, from, to }],
  });
});

test('verify checks the factors and frames of a sequence', async () => {
  const place = await newPlace();
  const input = await place.put('clip.lrk', clip);
  const sound = await lowrank(['verify', input]);
  expect([sound.code, sound.stdout.toString()]).toEqual([0, expect.stringMatching(/: sound, \d+ layers\n$/)]);
  const { header, start } = readSequenceHeader(clip);
  const frames = start + header.sizes[0]! + header.sizes[1]!;
  for (const [at, field] of [
    [start + header.sizes[0]! + 40, /^factor 2: /],
    [frames + 4, /^frame 1: check$/],
    [clip.length - 1, /^checksum$/],
    [20, /^header check$/],
  ] as const) {
    await writeFile(input, damaged(clip, at));
    const { code, objects } = await lowrank(['verify', '--json', input]);
    expect([code, objects[0].damage[0].field]).toEqual([1, expect.stringMatching(field)]);
    expect(objects[0].damage[0].from).toBeLessThanOrEqual(at);
    expect(objects[0].damage[0].to).toBeGreaterThan(at);
  }
  await writeFile(input, clip.subarray(0, clip.length - 6));
  expect((await lowrank(['verify', '--json', input])).objects[0]).toMatchObject({
    complete: false,
    damage: [],
  });
});

test('verify says what is not a file of the codec, and continues', async () => {
  const place = await newPlace();
  const [a, b] = [await place.put('a.lrk', 'text'), await place.put('b.lrk', lrk)];
  const { code, stdout, stderr } = await lowrank(['verify', a, b]);
  expect(code).toBe(1);
  expect(stderr[0]).toContain(`${a}: NOT_LRK: `);
  expect(stdout.toString()).toContain(`${b}: sound`);
});

test('decode --tolerant gives the layers before the damage, with a warning', async () => {
  const place = await newPlace();
  const from = layers[1]!.bytes;
  const input = await place.put('a.lrk', damaged(lrk, from + 3));
  const refused = await lowrank(['decode', input]);
  expect([refused.code, refused.stderr[0]]).toEqual([
    1,
    expect.stringContaining(`${input}: CORRUPT: layer 3`),
  ]);
  const { code, stderr, objects } = await lowrank(['decode', '--tolerant', '--json', input]);
  expect(code).toBe(0);
  expect(stderr).toEqual([
    `${input}: note: damaged: layer 3, bytes ${from} to ${layers[2]!.bytes}: decoded as far as the layer before`,
  ]);
  expect(objects[0]).toMatchObject({ bytes: from, psnr: Math.round(layers[1]!.psnr * 1e4) / 1e4 });
  const { raster } = await readImage(place.at('a.png'));
  const wanted = decode(lrk.subarray(0, from), { channels: 'file' });
  expect(Buffer.from(raster.data).equals(Buffer.from(wanted.data))).toBe(true);
});
