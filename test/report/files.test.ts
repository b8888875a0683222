import { readFileSync } from 'node:fs';
import { encodeImage } from 'lowrank/node';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { escapeText } from '../../src/plot/escape.js';
import { lowrank, newPlace } from '../cli/harness.js';
import { smooth } from '../unit/io/pictures.js';

const NAME = `<script>"&'\u0001.png`;
const ARGS = ['--ranks', '1,4,64', '--against', 'jpeg', '--layouts', 'block,channel'];

async function report(name: string): Promise<{ text: string; pictures: number }> {
  const place = await newPlace();
  const input = await place.put(NAME, (await encodeImage(smooth(72, 56))).bytes);
  const { code } = await lowrank(['compare', input, ...ARGS, '-o', place.at(name)]);
  expect(code).toBe(0);
  expect(await place.files()).toEqual([NAME, name].sort());
  return { text: readFileSync(place.at(name), 'utf8'), pictures: 1 };
}

describe('The figure of compare', () => {
  it('is valid XML that renders by itself, with names as text and all points', async () => {
    const { text } = await report('figure.svg');
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;&quot;&amp;&#39;\ufffd.png, 72 x 56');
    expect(text).not.toMatch(/var\(|href=|url\(/);
    const { width, height, format } = await sharp(Buffer.from(text)).metadata();
    expect([format, width! > 900, height! > 300]).toEqual(['svg', true, true]);
    const { data, info } = await sharp(Buffer.from(text)).raw().toBuffer({ resolveWithObject: true });
    // White paper, dark ink and a blue curve.
    const colours = new Set<string>();
    for (let i = 0; i < data.length; i += info.channels) colours.add(data.subarray(i, i + 3).join());
    for (const colour of ['255,255,255', '0,114,178']) expect(colours).toContain(colour);
    // By size: three ranks of two layouts, five qualities and ten settings of JPEG; by rank: two layouts, and the SVD, which is exact at
    // the last.
    expect(text.match(/<circle/g)!.length).toBe(3 + 3 + 5 + 10 + 3 + 3 + 2);
  });
});

describe('The page of compare', () => {
  it('begins with one sentence, shows file names without paths and folds its tables', async () => {
    const { text } = await report('page.html');
    expect(text).toMatch(/<h1>(\d+ % (fewer|more) bytes than|As many bytes as) JPEG at equal quality<\/h1>/);
    expect(text).toMatch(/<h2 id="picture-0">&lt;script&gt;/);
    expect(text.indexOf('<details>')).toBeLessThan(text.indexOf('<table>'));
    expect(text).not.toContain('<details open');
  });

  it('loads nothing, and holds names as text only', async () => {
    const { text } = await report('page.html');
    const page = text.replace(/<script>[\s\S]*?<\/script>/, '').replace(/<style>[\s\S]*?<\/style>/, '');
    expect(page.match(/<script/g)).toEqual(['<script']);
    for (const [, address] of page.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^data:/);
    expect(/\s(style|on\w+)="/.test(page)).toBe(false);
    expect(text).toContain(`default-src 'none'`);
  });
});

it('Text is escaped for tags, for attributes and for XML', () => {
  expect(escapeText(`a<b>"c"'&amp;\t\u0000\ud800\u{1f600}`)).toBe(
    'a&lt;b&gt;&quot;c&quot;&#39;&amp;amp;\t\ufffd\ufffd\u{1f600}',
  );
});
