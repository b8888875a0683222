import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readImage } from '../../src/io/index.js';

const NAMES = 'xmlns="http://www.w3.org/2000/svg"';
const RED = '<rect width="60" height="20" fill="#c33"/>';
const plain = `<svg ${NAMES} width="60" height="40">${RED}</svg>`;

/** Width, height, and the notes except that on the size. */
async function seen(svg: string | Uint8Array): Promise<[number, number, string[]]> {
  const { raster, notes } = await readImage(Buffer.from(svg));
  return [raster.width, raster.height, notes.slice(1)];
}

const utf16 = (text: string, swaps: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return swaps ? bytes.swap16() : bytes;
};

describe('An SVG is recognised', () => {
  test('in UTF-16, with or without a byte order mark, whatever its declaration says', async () => {
    const { raster } = await readImage(Buffer.from(plain));
    for (const declared of ['UTF-16', 'UTF-8', "utf-16'"])
      for (const swaps of [false, true])
        for (const mark of ['\ufeff', '']) {
          const quote = declared.endsWith("'") ? "'" : '"';
          const start = `${mark}<?xml version="1.0" encoding=${quote}${declared.replace("'", '')}${quote}?>`;
          expect((await readImage(utf16(start + plain, swaps))).raster).toEqual(raster);
        }
    const outside = `\ufeff<svg ${NAMES} width="20mm" height="10mm" viewBox="0 0 60 40">${RED}<script/></svg>`;
    expect(await seen(utf16(outside, false))).toEqual([76, 38, ['its script is not run']]);
  });

  test('if its root has a prefix', async () => {
    const prefixed =
      '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="60" height="40"><s:rect width="9" height="9"/></s:svg>';
    expect(await seen(prefixed)).toEqual([60, 40, []]);
    expect(await seen(`<?xml version="1.0"?>\n${prefixed}`)).toEqual([60, 40, []]);
  });

  test('behind a long comment', async () => {
    expect(await seen(`<!-- ${'a licence '.repeat(2000)} -->${plain}`)).toEqual([60, 40, []]);
  });
});

describe('Sizes relative to the font size match browsers, 16 pixels,', () => {
  const sized = (width: string, height: string, more = ''): string =>
    `<svg ${NAMES} width="${width}" height="${height}" viewBox="0 0 24 24" ${more}>${RED}</svg>`;

  test('for the picture', async () => {
    expect(await seen(sized('1em', '1em'))).toEqual([16, 16, []]);
    expect(await seen(sized('2rem', '1em'))).toEqual([32, 16, []]);
    expect(await seen(sized('2em', '1in'))).toEqual([32, 96, []]);
    for (const own of ['font-size="20"', 'style="font-size:20px"'])
      expect(await seen(sized('2em', '2em', own))).toEqual([40, 40, []]);
  });

  test('inside the picture, and for text without a font size', async () => {
    const { raster } = await readImage(
      Buffer.from(`<svg ${NAMES} width="40" height="40"><rect width="2em" height="1em" fill="red"/></svg>`),
    );
    const alpha = (x: number, y: number): number => raster.data[4 * (40 * y + x) + 3]!;
    expect([alpha(31, 15), alpha(32, 15), alpha(31, 16)]).toEqual([255, 0, 0]);
    const text = (size: string) =>
      readImage(
        Buffer.from(`<svg ${NAMES} width="40" height="40"><text y="30" ${size}>Text</text>${RED}</svg>`),
      );
    const [unsaid, said] = [await text(''), await text('font-size="16px"')];
    expect(unsaid.raster).toEqual(said.raster);
  });

  test('for sizes of text that are words, wherever style is given', async () => {
    const drawn = (style: (size: string) => string, size: string) =>
      readImage(
        Buffer.from(
          `<svg ${NAMES} width="60" height="40">${RED}${style(size)}<text class="t" y="36">font-size: small</text></svg>`,
        ),
      ).then(({ raster }) => raster);
    const ways = [
      (size: string) => `<g font-size="${size}"><text y="30">Text</text></g>`,
      (size: string) => `<g style="fill:red;font-size : ${size}"><text y="30">Text</text></g>`,
      (size: string) => `<style>g > text, .t { font: italic bold ${size} serif }</style>`,
      (size: string) => `<style><![CDATA[ g > a, .t{font-size:${size}!important} ]]></style>`,
    ];
    for (const way of ways)
      for (const [word, pixels] of [
        ['xx-small', 9],
        ['x-small', 10],
        ['small', 13],
        ['medium', 16],
        ['LARGE', 18],
        ['x-large', 24],
        ['xx-large', 32],
      ])
        expect(await drawn(way, String(word))).toEqual(await drawn(way, `${pixels}px`));
    expect(await drawn(ways[3]!, 'small')).not.toEqual(await drawn(ways[3]!, 'large'));
  });
});

test('content that only browsers draw is named, and so is an external style sheet', async () => {
  const leaving = ['CSS that only browsers draw is left out'];
  const styled = (css: string): string =>
    `<svg ${NAMES} width="60" height="40"><style>${css}</style>${RED}</svg>`;
  const cases: [string, string[]][] = [
    [styled(':root{--a:red} rect{fill:var(--a)}'), leaving],
    [styled('@media (prefers-color-scheme: dark){rect{fill:#fff}}'), leaving],
    [styled('rect{fill:oklch(0.6 0.2 30)}'), leaving],
    [styled('rect{fill:color(display-p3 1 0 0)}'), leaving],
    [plain.replace('<svg', '<svg style="background-color: white"'), leaving],
    [`<?xml-stylesheet type="text/css" href="a.css"?>${plain}`, ['what it refers to is not loaded: a.css']],
    [styled('rect{fill:hsl(120 50% 50%);stroke:rgb(1 2 3 / 50%)} .label{color:red}'), []],
  ];
  for (const [svg, notes] of cases) expect((await seen(svg))[2]).toEqual(notes);
});

test('a drawing that is too large for loaders is not reported as damaged', async () => {
  await expect(readImage(Buffer.from(plain.replace('width="60"', 'width="40000"')))).rejects.toMatchObject({
    code: 'UNSUPPORTED',
  });
});

test('a compressed drawing is named, with a command that unpacks it', async () => {
  await expect(readImage(gzipSync(plain))).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    reason: 'not supported: a gzip file (SVGZ if an SVG is in it); unpack it first: gunzip < FILE > file.svg',
  });
});
