import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readImage } from '../../src/io/index.js';
import { temporaryFolder } from '../unit/io/pictures.js';
import { type Entry, exifWith, jpegWith, latin, pipeOf, scene } from './make.js';

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

describe('A JPEG without its end marker', () => {
  test('is intact if nothing else is missing', async () => {
    for (const progressive of [false, true]) {
      const jpeg = await pipeOf(scene()).jpeg({ progressive }).toBuffer();
      const whole = await readImage(jpeg);
      for (const cut of [1, 2]) {
        const { raster, notes } = await readImage(jpeg.subarray(0, -cut));
        expect([raster.data, notes]).toEqual([whole.raster.data, []]);
      }
    }
  });

  test('is refused if it breaks off in a scan or between two', async () => {
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

test('an invalid gap map behind a JPEG is named, and no library writes about it to stdout', async () => {
  const description =
    '<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" hdrgm:Gain}Map="0"/>';
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</rdf:RDF></x:xmpmeta>`;
  const gainMap = await jpegWith([0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${xmp}`)]);
  // CIPA DC-007: the offset of the second picture, counted from behind the name of the segment in the first one
  const index = async (size: number): Promise<Buffer> => {
    const entries = Buffer.alloc(32);
    for (const [i, value] of [0x30000, size, 0, 0, 0, gainMap.length, size - 10, 0].entries())
      entries.writeUInt32BE(value, 4 * i);
    const tags: Entry[] = [
      [0xb000, 7, [...latin('0100')]],
      [0xb001, 4, [2]],
      [0xb002, 7, [...entries]],
    ];
    return jpegWith([0xe2, Buffer.concat([latin('MPF\0'), exifWith(tags, false)])]);
  };
  const joined = Buffer.concat([await index((await index(99)).length), gainMap]);
  const path = join(await temporaryFolder(), 'gain.jpg');
  await writeFile(path, joined);
  const main = fileURLToPath(new URL('../../dist/run/main.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'encode', path, '--json']);
  expect(JSON.parse(stdout).notes[0]).toMatch(/bytes after its end/);
});

test('missing scans of a JPEG are named', async () => {
  const progressive = await pipeOf(scene()).jpeg({ progressive: true }).toBuffer();
  const scans = scansOf(progressive);
  expect(scans.length).toBeGreaterThan(4);
  const lacking = ['it lacks some of its scans'];
  for (const end of [scans[1]!, scans[3]!, scans.at(-1)!])
    expect(await outcome(Buffer.concat([progressive.subarray(0, end), END]))).toEqual(lacking);
  expect(await outcome(progressive)).toEqual([]);
  const baseline = await pipeOf(scene()).jpeg({ optimizeScans: false }).toBuffer();
  expect(await outcome(baseline)).toEqual([]);
});
