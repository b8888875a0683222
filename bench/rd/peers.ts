import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Codec, Coded } from './codecs.js';
import { decodeRgb, type Rgb } from './pictures.js';

const JPEG_LADDER = [1, 2, 3, 5, 10, 16, 25, 38, 50, 62, 75, 85, 92, 96];
const WEBP_LADDER = [0, 5, 15, 30, 45, 60, 75, 85, 91, 95, 98];
const AVIF_LADDER = [1, 5, 10, 20, 30, 38, 46, 54, 62, 70, 78, 86, 92];
const JXL_LADDER = [25, 22, 14, 10, 7, 5, 3.5, 2.4, 1.6, 1, 0.6, 0.4];

const raw = ({ data, width, height }: Rgb): Sharp => sharp(data, { raw: { width, height, channels: 3 } });

/** A codec that sharp writes and reads, on one thread, without metadata. */
const throughSharp = (ladder: readonly number[], write: (image: Sharp, quality: number) => Sharp): Codec => ({
  ladder,
  async run(picture, setting): Promise<Coded> {
    sharp.concurrency(1);
    sharp.cache(false);
    const start = performance.now();
    const file = await write(raw(picture), setting).toBuffer();
    const coded = performance.now();
    const data = await decodeRgb(file, picture.width, picture.height);
    return { bytes: file.length, data, encodeMs: coded - start, decodeMs: performance.now() - coded };
  },
});

const avif = (options: { chromaSubsampling: '4:4:4' | '4:2:0'; effort?: number; tune?: 'psnr' }): Codec =>
  throughSharp(AVIF_LADDER, (image, quality) => image.avif({ quality, effort: 4, bitdepth: 8, ...options }));

const jpeg = (mozjpeg: boolean): Codec =>
  throughSharp(JPEG_LADDER, (image, quality) => image.jpeg({ quality, mozjpeg, chromaSubsampling: '4:2:0' }));

/** Is JPEG XL's pair of commands installed? */
export const hasJpegXl = (): boolean =>
  ['cjxl', 'djxl'].every(command => spawnSync(command, ['--version']).status === 0);

function run(command: string, args: string[]): number {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return performance.now() - start;
}

const jpegXl: Codec = {
  ladder: JXL_LADDER,
  async run(picture, setting): Promise<Coded> {
    const folder = mkdtempSync(path.join(tmpdir(), 'lowrank-rd-'));
    try {
      const [png, jxl, back] = ['in.png', 'out.jxl', 'back.png'].map(name => path.join(folder, name)) as [
        string,
        string,
        string,
      ];
      await raw(picture).png({ compressionLevel: 1 }).toFile(png);
      const options = ['-e', '7', '-d', String(setting), '--num_threads=0', '--container=0', '--quiet'];
      const encodeMs = run('cjxl', [png, jxl, ...options]);
      const decodeMs = run('djxl', [jxl, back, '--num_threads=0', '--quiet']);
      const data = await decodeRgb(readFileSync(back), picture.width, picture.height);
      return { bytes: statSync(jxl).size, data, encodeMs, decodeMs };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** The codecs to compare with, each by the name that stands in the rows. */
export const peers: Readonly<Record<string, Codec>> = {
  'jpeg-420': jpeg(false),
  'mozjpeg-420': jpeg(true),
  webp: throughSharp(WEBP_LADDER, (image, quality) =>
    image.webp({ quality: Math.max(1, quality), effort: 6 }),
  ),
  'avif-444-e4': avif({ chromaSubsampling: '4:4:4' }),
  'avif-444-e4-psnr': avif({ chromaSubsampling: '4:4:4', tune: 'psnr' }),
  'avif-420-e4': avif({ chromaSubsampling: '4:2:0' }),
  'avif-444-e9': avif({ chromaSubsampling: '4:4:4', effort: 9 }),
  'jxl-e7': jpegXl,
};

/** Those compared with when nothing else is asked for. */
export const USUAL_PEERS = ['mozjpeg-420', 'webp', 'avif-444-e4', 'avif-444-e4-psnr', 'jxl-e7'];
