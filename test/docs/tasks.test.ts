import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inspect } from 'lowrank';
import { readImage } from 'lowrank/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { lowrank, newPlace, type Place } from '../cli/harness.js';
import { blocks, DOCUMENTS, ROOT } from './documents.js';

const README = DOCUMENTS['README.md']!;

// Somebody who has read only README.md, with one photo in an empty folder, types its commands one after the other.
describe('With README.md alone one can', () => {
  let place: Place;
  const printed: Record<string, string> = {};

  beforeAll(async () => {
    place = await newPlace();
    copyFileSync(join(ROOT, 'samples/scene.png'), place.at('photo.png'));
    const commands = blocks(README, 'sh').flatMap(block => [...block.matchAll(/^\$ npx lowrank (.*)$/gm)]);
    for (const [, command] of commands) {
      const words = command!.split(' ').map(word => (/\.(png|lrk|html)$/.test(word) ? place.at(word) : word));
      const { code, stdout, stderr } = await lowrank(words);
      printed[command!.split(' ')[0]!] = stdout.toString() + stderr.join('\n');
      expect([command, code]).toEqual([command, 0]);
    }
  }, 600_000);

  it('compress a photo to 100 kB', () => {
    const bytes = readFileSync(place.at('photo.lrk'));
    expect(bytes.length).toBeLessThanOrEqual(100_000);
    expect(bytes.length).toBeGreaterThan(90_000);
  });

  it('see what rank 5 looks like', async () => {
    const { raster } = await readImage(place.at('rank5.png'));
    expect([raster.width, raster.height]).toEqual([480, 320]);
  });

  it('show it on a page, with a script of the package', () => {
    const [, script] = /Copy `node_modules\/lowrank\/([\w./]+)` beside your page/.exec(README)!;
    expect(blocks(README, 'html')[0]).toContain(`<script src="${basename(script!)}"`);
    const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: string[] };
    expect(files).toContain(dirname(script!));
    // Whether the page shows the picture with this script is tested in three browsers elsewhere.
    expect(readFileSync(join(ROOT, script!), 'utf8')).toContain('lowrank-img');
  });

  it('open the explorer with the photo', async () => {
    const [, command] = /^ {4}npx lowrank (explore .*)$/m.exec(README)!;
    const words = [join(ROOT, 'dist/run/main.js'), ...command!.split(' '), '--no-open'];
    const child = spawn(process.execPath, words, { cwd: place.root });
    try {
      const [line] = await once(child.stdout, 'data');
      const url = String(line).trim();
      expect((await fetch(url)).status).toBe(200);
      const picture = await fetch(new URL('picture', url));
      expect((await picture.arrayBuffer()).byteLength).toBe(480 * 320 * 3);
    } finally {
      child.kill();
    }
  });

  it('find out what is in the file', () => {
    expect(printed.info).toContain('480 x 320, RGB');
    expect(inspect(readFileSync(place.at('photo.lrk'))).complete).toBe(true);
  });

  it('compare it with AVIF', async () => {
    expect(printed.compare).toMatch(/avif/);
    expect(readFileSync(place.at('report.html'), 'utf8')).toContain('AVIF');
  });

  it('find out whether it suits a React project', () => {
    expect(README).toMatch(/React 19/);
    expect(README).toContain("import 'lowrank/react'");
    expect(README).toContain('(docs/frameworks.md)');
  });
});
