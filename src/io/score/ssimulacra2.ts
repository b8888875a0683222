import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hasAlpha, type Raster } from '../../core/raster.js';
import { IoError, oneLine } from '../errors.js';
import { convertRaster } from '../raster/convert-raster.js';

/** The part of calc-s2-rust that is used. */
interface Module {
  initSync(wasm: Uint8Array): { memory: { buffer: ArrayBuffer } };
  new_buffer(key: string, length: number): number;
  calc_s2(first: string, second: string, width: number, height: number): number;
}

/** SSIMULACRA 2 of a picture, at most 100; undefined if it cannot be measured. */
export type Score = (picture: Raster) => number | undefined;

/**
 * SSIMULACRA 2 of pictures against a raster: at most 100, which is identical; 90 is hard to tell apart, 70 good, 50 fair, and below 0 very
 * bad. Measures colour in 8 bits, grey as three equal samples; undefined for pictures with alpha or a side under 8 pixels. Uses the package
 * calc-s2-rust, an optional peer dependency.
 *
 * @throws IoError UNSUPPORTED if that cannot be loaded
 */
export async function ssimulacra2Against(original: Raster): Promise<Score> {
  const { width, height, channels } = original;
  const module = await load();
  if (hasAlpha(channels) || Math.min(width, height) < 8) return () => undefined;
  const { new_buffer: newBuffer, calc_s2: score } = module;
  const memory = await start(module);
  const put = (key: string, picture: Raster): void => {
    const rgb = convertRaster(picture, 3, 8).data;
    // The memory may have grown into another buffer while the place was made.
    const at = newBuffer(key, rgb.length);
    new Uint8Array(memory.buffer, at, rgb.length).set(rgb);
  };
  return picture =>
    quietly(() => {
      put('original', original);
      put('picture', picture);
      return score('original', 'picture', width, height);
    });
}

/** A file of the package, as import and require take it. Bundlers would fail at a literal where the package is not installed. */
const inPackage = (file: string): string => ['calc-s2-rust', file].join('/');

let started: Promise<{ buffer: ArrayBuffer }> | undefined;

/** The memory of the package. It must be started only once: a second start makes a new memory, and writes into the first are lost. */
function start({ initSync }: Module): Promise<{ buffer: ArrayBuffer }> {
  const path = createRequire(import.meta.url).resolve(inPackage('calc_s2_rust_bg.wasm'));
  started ??= readFile(path).then(wasm => initSync(wasm).memory);
  return started;
}

/** The package writes to the console, where our own output goes. */
function quietly<T>(work: () => T): T {
  const { log } = console;
  console.log = () => {};
  try {
    return work();
  } finally {
    console.log = log;
  }
}

async function load(): Promise<Module> {
  try {
    // Its package.json has no entry point that Node.js knows.
    return (await import(inPackage('calc_s2_rust.js'))) as Module;
  } catch (error) {
    throw new IoError('UNSUPPORTED', {
      path: 'calc-s2-rust',
      reason: `SSIMULACRA 2 needs this package (npm install calc-s2-rust) and Node.js 20.19: ${oneLine(error)}`,
      cause: error,
    });
  }
}
