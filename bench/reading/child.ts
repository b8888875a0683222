import { readFileSync, writeFileSync } from 'node:fs';
import { readImage } from '../../src/io/index.js';

// Reads the picture at the given path, and prints the peak memory that this took: as JSON, in bytes.

/** A field of /proc/self/status, bytes. */
const status = (field: string): number =>
  1024 * Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))![1]);

const [small, path] = process.argv.slice(2) as [string, string];
await readImage(small); // loads sharp and the modules
global.gc?.();
const before = status('VmRSS');
writeFileSync('/proc/self/clear_refs', '5'); // resets the peak
const { raster } = await readImage(path);
const peak = status('VmHWM') - before;
console.log(JSON.stringify({ peak, raster: raster.data.byteLength }));
