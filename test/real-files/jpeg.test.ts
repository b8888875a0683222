import { describe, expect, test } from 'vitest';
import { readImage } from '../../src/io/index.js';
import { jpegWith, pipeOf, scene } from './make.js';

const outcome = (bytes: Uint8Array): Promise<string | string[]> =>
  readImage(bytes).then(
    ({ notes }) => notes,
    (error: { code: string; reason: string }) => `${error.code}: ${error.reason}`,
  );
const END = Buffer.from([0xff, 0xd9]);

/** Where the scans of a JPEG begin. */
function scansOf(jpeg: Buffer): number[] {
  const found: number[] = [];
  for (
    let at = jpeg.indexOf('\xff\xda', 0, 'latin1');
    at >= 0;
    at = jpeg.indexOf('\xff\xda', at + 2, 'latin1')
  )
    found.push(at);
  return found;
}

describe('A JPEG without the marker of its end', () => {
  test('is whole where nothing else is missing', async () => {
    for (const progressive of [false, true]) {
      const jpeg = await pipeOf(scene()).jpeg({ progressive }).toBuffer();
      const whole = await readImage(jpeg);
      for (const cut of [1, 2]) {
        const { raster, notes } = await readImage(jpeg.subarray(0, -cut));
        expect([raster.data, notes]).toEqual([whole.raster.data, []]);
      }
    }
  });

  test('is refused where it breaks off, in a scan or between two', async () => {
    const progressive = await pipeOf(scene()).jpeg({ progressive: true }).toBuffer();
    const [, , third] = scansOf(progressive);
    const baseline = await jpegWith();
    const broken = [
      progressive.subarray(0, third),
      progressive.subarray(0, third! + 60),
      baseline.subarray(0, -9),
      baseline.subarray(0, scansOf(baseline)[0]! + 14),
    ];
    for (const bytes of broken)
      expect(await outcome(bytes)).toBe('DAMAGED: its pixels cannot be read: the file breaks off');
  });
});

test('scans that a JPEG lacks are named', async () => {
  const progressive = await pipeOf(scene()).jpeg({ progressive: true }).toBuffer();
  const scans = scansOf(progressive);
  expect(scans.length).toBeGreaterThan(4);
  const lacking = ['it lacks some of its scans: what a decoder makes of the others is kept'];
  for (const end of [scans[1]!, scans[3]!, scans.at(-1)!])
    expect(await outcome(Buffer.concat([progressive.subarray(0, end), END]))).toEqual(lacking);
  expect(await outcome(progressive)).toEqual([]);
  const baseline = await pipeOf(scene()).jpeg({ optimizeScans: false }).toBuffer();
  expect(await outcome(baseline)).toEqual([]);
});
