import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode, truncate } from 'lowrank';
import { readImage } from 'lowrank/node';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lowrank, newPlace } from '../cli/harness.js';
import { blocks, builtFile, DOCUMENTS, ROOT } from './documents.js';

/** The sample scene, as small as MS-SSIM allows: the output is the same except for the numbers, and sooner ready. */
const photo = await sharp(join(ROOT, 'samples/scene.png')).resize(264, 176).png().toBuffer();
const photoFile = encode((await readImage(photo)).raster);

/** A folder in which photo.png is that part, photo.lrk its file, and clip three frames. */
async function newPhotos() {
  const place = await newPlace();
  writeFileSync(place.at('photo.png'), photo);
  writeFileSync(place.at('photo.lrk'), photoFile);
  mkdirSync(place.at('clip'));
  for (const n of [1, 2, 3]) copyFileSync(join(ROOT, 'samples/tiny-7x5.png'), place.at(`clip/${n}.png`));
  return place;
}

/** A script of a document with the built files in place of the package. */
const runnable = (code: string): string =>
  code.replace(/'(lowrank[/\w]*)'/g, (_match, name: string) => `'${builtFile(name)}'`);

/** Prints the port of each server that begins to listen. */
const PORT = `import { Server } from 'node:http';
const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  return listen.apply(this, args).on('listening', () => console.log(this.address().port));
};`;

/** Output with all numbers made alike, whatever their sign, and without differences in spaces. */
const shape = (text: string): string =>
  text
    .replace(/(base64,).*?("|$)/gm, '$1$2')
    .replace(/(?<!\w)-?\d[\d,.]*/g, '#')
    .replace(/ +/g, ' ')
    // A list of singular values is as long as there are columns in use.
    .replace(/# # # #( #)*( \.\.\. \(#\))?$/gm, '# ...')
    .trim();

/** Examples of the command line with output: by document, block after block. */
const shown = Object.entries(DOCUMENTS).flatMap(([path, text]) =>
  [...blocks(text, 'sh'), ...blocks(text, 'console')]
    .filter(block => /^\$ lowrank .*\n[^$\n]/m.test(block))
    .map((block, n) => [path, n + 1, block] as const),
);

describe('The documents', () => {
  it.each(
    shown,
  )('show what the command line prints, except for the numbers: %s, block %i', async (_, __, block) => {
    const place = await newPhotos();
    if (/^\$ lowrank encode photo.png$/m.test(block)) rmSync(place.at('photo.lrk'));
    for (const example of block.split('$ lowrank ').slice(1)) {
      const [command, ...lines] = example.trim().split('\n');
      const words = command!.split(' ').map(word => (/\.(png|lrk|json)$/.test(word) ? place.at(word) : word));
      const { code, stdout, stderr } = await lowrank(words);
      expect(code).toBe(0);
      const printed = (stdout.toString() || stderr.join('\n'))
        .replaceAll(`${place.at('.')}/`, '')
        .split('\n');
      // The number of layers and of columns in use may change with the encoder.
      const known = new Set(printed.map(shape));
      expect([...new Set(lines.map(shape))].filter(line => !known.has(line))).toEqual([]);
    }
  });

  const scripts = Object.entries(DOCUMENTS).flatMap(([path, text]) =>
    blocks(text, 'js')
      .filter(
        code =>
          /^import .* from 'lowrank/m.test(code) && !/document\.|from '\.|export default|listen\(/.test(code),
      )
      .map((code, n) => [path, n + 1, code] as const),
  );
  it.each(scripts)('have scripts that run: %s, script %i', async (_, __, code) => {
    const place = await newPhotos();
    const before = await place.files();
    const script = await place.put('example.mjs', runnable(code));
    const printed = execFileSync(process.execPath, [script], { cwd: place.at('.'), encoding: 'utf8' });
    const written = (await place.files()).filter(file => !before.includes(file));
    // Each either prints or writes its result.
    expect(printed.length > 0 || written.length > 1).toBe(true);
    if (code.includes('preview.png')) expect(written).toEqual(['example.mjs', 'preview.png', 'whole.png']);
  });

  it('have a server that sends the beginnings of files', async () => {
    const place = await newPhotos();
    const [code] = blocks(DOCUMENTS['docs/web.md']!, 'js').filter(block => block.includes('.listen('));
    const script = await place.put('server.mjs', runnable(code!).replace('listen(8080,', 'listen(0,'));
    await place.put('port.mjs', PORT);
    const child = spawn(process.execPath, ['--import', './port.mjs', script], { cwd: place.at('.') });
    try {
      const [port] = await once(child.stdout, 'data');
      const [whole, small] = await Promise.all(
        ['', '?width=100'].map(async query => {
          const answer = await fetch(`http://127.0.0.1:${String(port).trim()}/photo.lrk${query}`);
          return new Uint8Array(await answer.arrayBuffer());
        }),
      );
      expect(whole).toEqual(new Uint8Array(photoFile));
      expect(small).toEqual(truncate(photoFile, { scale: 2 }));
    } finally {
      child.kill();
    }
  });

  it('have the examples that these tests look for', () => {
    expect(shown.length).toBeGreaterThanOrEqual(3);
    expect(scripts.length).toBeGreaterThanOrEqual(4);
  });

  it('import only what is exported', async () => {
    const found = Object.values(DOCUMENTS).flatMap(text => [
      ...text.matchAll(/import \{ (.*?) \} from '(lowrank[^']*)'/g),
    ]);
    expect(found.length).toBeGreaterThan(8);
    for (const [, names, entry] of found)
      expect(Object.keys(await import(builtFile(entry!)))).toEqual(
        expect.arrayContaining(names!.split(', ')),
      );
    for (const text of Object.values(DOCUMENTS))
      for (const [, entry] of text.matchAll(/(?:import|from) '(lowrank[^']*)'/g)) builtFile(entry!);
  });

  it.each(['lowrank', 'lowrank/node'])('name everything that %s exports', async entry => {
    const names = Object.keys(await import(builtFile(entry))).filter(name => /^[a-z]/.test(name));
    const text = DOCUMENTS['docs/library.md']! + DOCUMENTS['docs/sequences.md']!;
    for (const name of names) expect(text).toMatch(new RegExp(`\`${name}\\b`));
  });

  it('name every option of the command line', async () => {
    const text = Object.values(DOCUMENTS).join('\n');
    const { stdout } = await lowrank(['--help']);
    const commands = [...stdout.toString().matchAll(/^ {2}(\w+) .*(?:\[options\]|<|\[)/gm)].map(
      ([, name]) => name!,
    );
    expect(commands).toContain('encode');
    const missing = new Set<string>();
    for (const command of commands.filter(name => name !== 'help' && name !== 'lowrank')) {
      const help = (await lowrank([command, '--help'])).stdout.toString();
      for (const [, option] of help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm))
        if (!['--help', '--version'].includes(option!) && !text.includes(option!))
          missing.add(`${command} ${option}`);
    }
    expect([...missing]).toEqual([]);
  });
});

/** The anchor that GitHub makes from a heading: the part of an address after #. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

it.each(Object.entries(DOCUMENTS))('link only to places that exist: %s', (path, text) => {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
  for (const [, file, anchor] of links) {
    const target = file ? join(ROOT, path, '..', file) : join(ROOT, path);
    expect([target, existsSync(target)]).toEqual([target, true]);
    if (!anchor) continue;
    const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      anchorOf(heading!),
    );
    expect(headings).toContain(anchor);
  }
});

it('README.md takes a few minutes to read: at most 1,200 words', () => {
  expect(DOCUMENTS['README.md']!.split(/\s+/).length).toBeLessThanOrEqual(1200);
});
