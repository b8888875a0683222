import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'lowrank';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawClip } from '../../samples/clip.js';
import { draw } from '../properties/codec-rasters.js';
import { encodeFrames } from '../sequence/clips.js';
import { readSpec } from './document.js';

/** The body of a fenced block of the document. */
const block = (name: string): string =>
  new RegExp(`<!-- code ${name} -->\n\`\`\`\\w*\n(.*?)\`\`\``, 's').exec(readSpec())![1]!;

/** The output of a program. */
function output(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  expect(status, stderr).toBe(0);
  return stdout.trim();
}

/** If a program is missing its test is skipped; with CI=true it fails. */
const where = (program: string): { skip: boolean } => ({
  skip: process.env.CI !== 'true' && spawnSync(program, ['--version']).error !== undefined,
});

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lowrank-'));
  writeFileSync(at('picture.lrk'), encode(draw(300, 7, 4, 16, 'waves'), { effort: 1 }));
  writeFileSync(at('clip.lrk'), await encodeFrames(drawClip().slice(0, 2), { quality: 20, effort: 1 }));
  writeFileSync(at('text.lrk'), 'no picture');
});
afterAll(() => rmSync(folder, { recursive: true }));

const { width, height } = drawClip()[0]!;

it('Ten lines of Python read the plain header', where('python3'), () => {
  const code = block('header.py');
  expect(code.split('\n').filter(line => line.trim()).length).toBeLessThanOrEqual(10);
  writeFileSync(at('header.py'), code);
  const describe = (name: string): string => output('python3', at('header.py'), at(name));
  expect(describe('picture.lrk')).toBe('picture 1.0 300x7 4x16');
  expect(describe('clip.lrk')).toBe(`sequence 1.0 ${width}x${height} 3x8`);
  expect(describe('text.lrk')).toBe('not an .lrk file, or a placeholder');
});

it('The rule for file(1) recognises pictures and sequences, with their sizes', where('file'), () => {
  writeFileSync(at('magic'), block('magic'));
  const describe = (...args: string[]): string => output('file', '-b', '-m', at('magic'), ...args);
  expect(describe(at('picture.lrk'))).toBe(
    'lowrank picture, 300 x 7, 4 samples a pixel of 16 bits, version 1.0',
  );
  expect(describe(at('clip.lrk'))).toBe(
    `lowrank sequence, ${width} x ${height}, 3 samples a pixel of 8 bits, version 1.0`,
  );
  expect(describe('--mime-type', at('picture.lrk'))).toBe('image/lrk');
  expect(describe('--mime-type', at('text.lrk'))).toBe('text/plain');
});
