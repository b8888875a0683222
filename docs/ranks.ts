import { join } from 'node:path';
import { decode, encode, inspect, truncate } from '../src/index.js';
import { readImage } from '../src/io/index.js';
import { writeStrip } from './strip.js';

// Makes ranks.png of README.md: samples/scene.png, decoded from four prefixes of one file. Part of npm run docs.

const RANKS = [1, 3, 10, 64];

const { raster } = await readImage(join(import.meta.dirname, '../samples/scene.png'));
const bytes = encode(raster);
writeStrip(
  'ranks.png',
  RANKS.map(most => {
    const prefix = truncate(bytes, { rank: most });
    const { rank, psnr } = inspect(prefix);
    const { data } = decode(prefix, { channels: 'file' });
    return { data, caption: `rank ${rank}: ${prefix.length} bytes, ${psnr.toFixed(1)} dB` };
  }),
);
