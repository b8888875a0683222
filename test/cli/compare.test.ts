import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, psnr } from 'lowrank';
import { encodeImage, measure, PEERS, readImage } from 'lowrank/node';
import { describe, expect, it } from 'vitest';
import { smooth } from '../unit/io/pictures.js';
import { lowrank, newPlace } from './harness.js';

const SCENE = join(import.meta.dirname, '../../samples/tiny-1x300.png');
const png = (await encodeImage(smooth(72, 56))).bytes;
const other = (await encodeImage(smooth(40, 64))).bytes;
const FAST = ['--ranks', '1,4,64', '--against', 'jpeg'];
/** For tests to which the measured values do not matter. */
const LEAST = ['--ranks', '1', '--against', 'none'];

/** Comma-separated values as objects by heading. */
function readCsv(text: string): Record<string, string>[] {
  const [headings, ...lines] = text.split('\r\n').slice(0, -1);
  const cells = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      match => match[1]?.replaceAll('""', '"') ?? match[2]!,
    );
  return lines.map(line => Object.fromEntries(cells(line).map((cell, i) => [cells(headings!)[i]!, cell])));
}

describe('lowrank compare', () => {
  it('prints a table of ranks, a table of other codecs, the textbook SVD and a plot', async () => {
    const place = await newPlace();
    const input = await place.put('a.png', png);
    const { code, stdout, stderr } = await lowrank(['compare', input, ...FAST]);
    expect([code, stderr]).toEqual([0, []]);
    const { variants, textbook } = await measure(input, { ranks: [1, 4, 64], peers: ['jpeg'] });
    const text = stdout.toString();
    for (const { rank, bytes, psnr: dB, prefix } of variants[0]!.rows)
      expect(text).toMatch(
        new RegExp(
          `^ +${rank} +${bytes.toLocaleString('en')} .* ${dB.toFixed(2)} dB .* ${prefix!.bytes.toLocaleString('en')} `,
          'm',
        ),
      );
    expect(text).toContain('k(1 + m + n) floats a channel');
    expect(text).toContain(textbook.at(-1)!.floats.toLocaleString('en'));
    expect(text).toContain('j jpeg');
    for (const { rank, ssimulacra2 } of variants[0]!.rows)
      expect(text).toMatch(new RegExp(`^ +${rank} .* ${ssimulacra2!.toFixed(1)} `, 'm'));
    expect(await place.files()).toEqual(['a.png']);
  });

  it('prints with --json an object for each picture, with correct figures, and one with the means', async () => {
    const place = await newPlace();
    await place.put('in/a.png', png);
    await place.put('in/deep/b.png', other);
    const { code, stderr, objects } = await lowrank(['compare', place.at('in'), '-r', '--json', ...FAST]);
    expect([code, stderr]).toEqual([0, ['2 compared, 0 failed']]);
    expect(objects).toHaveLength(3);
    const [first, second, { means }] = objects;
    for (const [name, object] of [
      ['in/a.png', first],
      ['in/deep/b.png', second],
    ]) {
      const { raster } = await readImage(place.at(name));
      const { variants } = await measure(place.at(name), { ranks: [1, 4, 64], peers: [] });
      expect(object.input).toBe(place.at(name));
      expect(object.variants[0].fileBytes).toBe(variants[0]!.file.length);
      for (const row of object.variants[0].rows) {
        const picture = decode(variants[0]!.file, { rank: row.rank, channels: 'file' });
        expect(row.psnr).toBeCloseTo(psnr(raster, picture).psnr, 4);
      }
    }
    const at = (object: typeof first, rank: number) =>
      object.variants[0].rows.find((row: { rank: number }) => row.rank === rank);
    const [mean] = means;
    expect(mean).toMatchObject({ layout: 'block', basis: 'auto', pictures: 2 });
    expect(mean.rows[0].bytes).toBeCloseTo((at(first, 1).bytes + at(second, 1).bytes) / 2, 1);
    expect(mean.rows[0].psnr).toBeCloseTo((at(first, 1).psnr + at(second, 1).psnr) / 2, 3);
    const rates = [first, second].flatMap(({ variants }) => variants[0].bdRates.jpeg.byQuality ?? []);
    expect(mean.bdRates.jpeg.byQuality ?? { pictures: 0 }).toMatchObject({ pictures: rates.length });
  });

  it('writes .csv and .json with the same figures, quoting names with commas and quotes', async () => {
    const place = await newPlace();
    const input = await place.put('a, "b"\n.png', png);
    for (const name of ['all.csv', 'all.json']) {
      const { code, stderr } = await lowrank(['compare', input, ...FAST, '-o', place.at(name)]);
      expect([code, stderr]).toEqual([0, [`${place.at(name)}: written`]]);
    }
    const { pictures, means } = JSON.parse(readFileSync(place.at('all.json'), 'utf8'));
    expect([pictures.length, means]).toEqual([1, undefined]);
    const rows = readCsv(readFileSync(place.at('all.csv'), 'utf8'));
    expect(rows.map(({ rank }) => rank)).toEqual(
      pictures[0].variants[0].rows.map(({ rank }: { rank: number }) => String(rank)),
    );
    for (const [i, row] of rows.entries()) {
      const there = pictures[0].variants[0].rows[i];
      expect(row.input).toBe(input);
      expect([Number(row.bytes), Number(row.psnr), Number(row.prefix_bytes)]).toEqual([
        there.bytes,
        there.psnr,
        there.prefix.bytes,
      ]);
      expect(row.webp_psnr).toBe('');
    }
    expect((await place.files()).filter(name => name.startsWith('.'))).toEqual([]);
  });

  it('continues after a bad file, reports the others and exits with 1', async () => {
    const place = await newPlace();
    const good = await place.put('a.png', png);
    const bad = await place.put('b.png', png.subarray(0, 60));
    const out = place.at('all.json');
    const { code, stderr } = await lowrank(['compare', bad, good, ...LEAST, '-o', out]);
    expect(code).toBe(1);
    expect(stderr[0]).toContain(bad);
    expect(stderr.at(-1)).toBe('1 compared, 1 failed');
    expect(JSON.parse(readFileSync(out, 'utf8')).pictures).toHaveLength(1);
  });

  it('writes nothing if nothing could be measured', async () => {
    const place = await newPlace();
    const bad = await place.put('b.png', 'no picture');
    expect((await lowrank(['compare', bad, '-o', place.at('all.csv')])).code).toBe(1);
    expect(await place.files()).toEqual(['b.png']);
  });

  it('overwrites nothing without --force, and never its input', async () => {
    const place = await newPlace();
    const input = await place.put('a.png', png);
    const out = await place.put('all.csv', 'mine');
    const refused = await lowrank(['compare', input, ...LEAST, '-o', out]);
    expect([refused.code, refused.stdout.length]).toEqual([1, 0]);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect((await lowrank(['compare', input, ...LEAST, '-o', out, '--force'])).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/^input,/);
    const picture = await place.put('b.csv', png);
    const onto = await lowrank(['compare', picture, ...LEAST, '-o', picture, '--force']);
    expect([onto.code, onto.stderr[0]]).toEqual([1, expect.stringContaining('its own input')]);
    expect(readFileSync(picture).equals(Buffer.from(png))).toBe(true);
    const away = await lowrank(['compare', input, ...LEAST, '-o', place.at('nowhere', 'all.csv')]);
    expect(away.code).toBe(0);
  });

  it.each([
    ['--ranks', '0'],
    ['--ranks', '1,,2'],
    ['--layouts', 'plane'],
    ['--basis', 'auto,pca'],
    ['--against', 'gif'],
    ['-o', 'report.txt'],
    ['-o', '-'],
  ])('refuses %s %s', async (option, value) => {
    expect(await lowrank(['compare', SCENE, option, value])).toMatchObject({ code: 2 });
  });

  it('compares with no codec if told so, and with all of them by default', async () => {
    const place = await newPlace();
    const input = await place.put('a.png', other);
    const alone = await lowrank(['compare', input, '--ranks', '2', '--against', 'none', '--json']);
    expect([alone.code, alone.objects[0].peers]).toEqual([0, {}]);
    const all = await lowrank(['compare', input, '--ranks', '2', '--json']);
    expect(Object.keys(all.objects[0].peers)).toEqual([...PEERS]);
  });

  it('draws a bar on a terminal only', async () => {
    const place = await newPlace();
    const input = await place.put('a.png', (await encodeImage(smooth(512, 384))).bytes);
    const { stderr, stdout } = await lowrank(['compare', input, input, ...FAST], {
      stderr: { isTTY: true },
    });
    expect(stdout.toString().match(/layout block/g)?.length).toBeGreaterThan(0);
    expect(stderr.join('')).toContain('%');
  });
});
