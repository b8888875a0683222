import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Codec } from './codec.js';
import { decodeRgb, type Rgb } from './pictures.js';

const JPEG_LADDER = [4, 10, 25, 45, 60, 75, 85, 93, 97];
const WEBP_LADDER = [0, 10, 25, 45, 60, 75, 85, 93, 97];
const AVIF_LADDER = [5, 15, 30, 40, 50, 60, 70, 80, 90];
const JXL_LADDER = [20, 12, 8, 5.5, 3.8, 2.6, 1.7, 1.1, 0.65];

/** The default codecs to compare with, the most telling first. */
export const USUAL_PEERS = ['avif-444-e4', 'avif-444-e4-psnr', 'webp-smart', 'jxl-e7', 'mozjpeg-420'];

const { vips, webp: libwebp, aom, heif, mozjpeg } = sharp.versions as Record<string, string>;

const raw = ({ data, width, height }: Rgb): Sharp => sharp(data, { raw: { width, height, channels: 3 } });

/** A codec that sharp writes and reads, on one thread, without metadata. */
const throughSharp = (
  ladder: readonly number[],
  library: string,
  options: object,
  write: (image: Sharp, quality: number) => Sharp,
): Codec => ({
  identity: `vips ${vips} ${library} ${JSON.stringify(options)}`,
  ladder,
  async encode(picture, setting) {
    sharp.concurrency(1);
    sharp.cache(false);
    return write(raw(picture), setting).toBuffer();
  },
  decode: (file, { width, height }) => decodeRgb(file, width, height),
});

type AvifOptions = { chromaSubsampling: '4:4:4' | '4:2:0'; effort?: number; tune?: 'psnr' };

export function avif(settings: AvifOptions): Codec {
  const options = { effort: 4, bitdepth: 8, ...settings } as const;
  return throughSharp(AVIF_LADDER, `aom ${aom}, heif ${heif}`, options, (image, quality) =>
    image.avif({ quality, ...options }),
  );
}

function jpeg(isMozjpeg: boolean): Codec {
  const options = { mozjpeg: isMozjpeg, chromaSubsampling: '4:2:0' };
  return throughSharp(JPEG_LADDER, `mozjpeg ${mozjpeg}`, options, (image, quality) =>
    image.jpeg({ quality, ...options }),
  );
}

export function webp(options: { effort: number; smartSubsample?: boolean }): Codec {
  return throughSharp(WEBP_LADDER, `webp ${libwebp}`, options, (image, quality) =>
    image.webp({ quality: Math.max(1, quality), ...options }),
  );
}

/** Is JPEG XL's pair of commands installed? */
export const hasJpegXl = (): boolean =>
  ['cjxl', 'djxl'].every(command => spawnSync(command, ['--version']).status === 0);

/** Runs a command, and returns all that it says. */
function run(command: string, args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout + stderr;
}

/** Runs `work` in a temporary folder of its own. */
async function inFolder<T>(work: (at: (name: string) => string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lowrank-rd-'));
  try {
    return await work(name => path.join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** JPEG XL by libjxl's commands, on one thread. */
export function jpegXl(effort: number): Codec {
  const options = ['-e', String(effort), '--num_threads=0', '--container=0'];
  const encodeTimed = (picture: Rgb, setting: number): Promise<{ file: Uint8Array; ms: number }> =>
    inFolder(async at => {
      await raw(picture).png({ compressionLevel: 1 }).toFile(at('in.png'));
      const said = run('cjxl', [at('in.png'), at('out.jxl'), '-d', String(setting), ...options]);
      const rate = /\d x \d+, (?<rate>[\d.]+) MP\/s/.exec(said)?.groups?.rate;
      const ms = (picture.width * picture.height) / Number(rate) / 1000;
      return { file: readFileSync(at('out.jxl')), ms };
    });
  return {
    get identity() {
      const { stdout } = spawnSync('cjxl', ['--version'], { encoding: 'utf8' });
      return `${stdout?.split('\n')[0]} ${options.join(' ')}`;
    },
    ladder: JXL_LADDER,
    encodeTimed,
    encode: async (picture, setting) => (await encodeTimed(picture, setting)).file,
    decode: (file, { width, height }) =>
      inFolder(async at => {
        writeFileSync(at('in.jxl'), file);
        run('djxl', [at('in.jxl'), at('out.png'), '--num_threads=0', '--quiet']);
        return decodeRgb(readFileSync(at('out.png')), width, height);
      }),
  };
}

/** The codecs to compare with, each by the name that stands in the rows. */
export const peers: Readonly<Record<string, Codec>> = {
  'jpeg-420': jpeg(false),
  'mozjpeg-420': jpeg(true),
  webp: webp({ effort: 6 }),
  'webp-smart': webp({ effort: 6, smartSubsample: true }),
  'avif-444-e4': avif({ chromaSubsampling: '4:4:4' }),
  'avif-444-e4-psnr': avif({ chromaSubsampling: '4:4:4', tune: 'psnr' }),
  'avif-420-e4': avif({ chromaSubsampling: '4:2:0' }),
  'avif-444-e9': avif({ chromaSubsampling: '4:4:4', effort: 9 }),
  'jxl-e7': jpegXl(7),
};
