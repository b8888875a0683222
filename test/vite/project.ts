import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, inspect } from 'lowrank';
import { encodeImage } from 'lowrank/node';
import { expect } from 'vitest';
import { newPlace, type Place } from '../cli/harness.js';
import { smooth } from '../unit/io/pictures.js';

export const WIDTH = 64;
export const HEIGHT = 48;

/** A project with a picture and a module that imports it, and prints the import. */
export async function newProject(query = '?lowrank&psnr=38'): Promise<Place> {
  const place = await newPlace();
  await place.put('package.json', '{ "type": "module" }');
  await place.put('src/my hero.png', (await encodeImage(smooth(WIDTH, HEIGHT))).bytes);
  await place.put(
    'src/main.js',
    `import hero from './my hero.png${query}';\nglobalThis.hero = hero;\nexport default hero;\n`,
  );
  return place;
}

/** Files of a folder, with their bytes, by path. */
export function filesOf(folder: string): Record<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(e => e.isFile());
  return Object.fromEntries(
    entries.map(e => [
      join(e.parentPath, e.name).slice(folder.length + 1),
      readFileSync(join(e.parentPath, e.name)),
    ]),
  );
}

/** Checks the contents of an import, except its addresses, and the file that was made for it. */
export function expectPicture({ fallback, ...hero }: { fallback?: unknown }, file: Uint8Array): void {
  expect(hero).toEqual({
    src: expect.any(String),
    width: WIDTH,
    height: HEIGHT,
    placeholder: expect.stringMatching(/^data:image\/lrk;base64,/),
  });
  const { placeholder } = hero as unknown as { placeholder: string };
  const small = decode(Buffer.from(placeholder.split(',')[1]!, 'base64'));
  expect(small.width * HEIGHT).toBe(small.height * WIDTH);
  const { width, height, psnr } = inspect(file);
  expect([width, height]).toEqual([WIDTH, HEIGHT]);
  expect(psnr).toBeGreaterThanOrEqual(38);
  expect(psnr).toBeLessThan(38.5);
}

/** The file of an address, by its last part. */
export const fileOf = (src: string, files: Record<string, Uint8Array>): Uint8Array =>
  Object.entries(files).find(([path]) => path.endsWith(src.slice(src.lastIndexOf('/') + 1)))![1];
