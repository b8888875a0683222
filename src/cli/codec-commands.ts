import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type DecodeOptions, decode, type Picture } from '../decode/index.js';
import type { EncodeOptions } from '../encode/options.js';
import { IoError } from '../io/errors.js';
import { bytesOf } from '../io/files/read-bytes.js';
import { extensionOf } from '../io/formats/image-format.js';
import { decodeClip, decodeFile, type ImageFormat, type Resize, readImage } from '../io/index.js';
import { encodeAny } from '../io/jobs/encode-any.js';
import { isAnimated } from '../io/read/is-animated.js';
import { isSequence } from '../sequence/is-sequence.js';
import { decodeTogether } from '../workers/decode-together.js';
import { runBatch } from './batch.js';
import type { ManyOptions } from './batch-job.js';
import { checkLrkHead } from './check-lrk-head.js';
import { checkLrkName } from './check-lrk-name.js';
import { firstBytes, isStream } from './inputs.js';
import { checkExtension, formatOf } from './output-format.js';
import type { Terminal } from './terminal.js';

type Targets = Pick<
  EncodeOptions,
  'quality' | 'psnr' | 'size' | 'bpp' | 'rank' | 'layout' | 'basis' | 'tune' | 'order' | 'effort' | 'partSize'
>;

export interface EncodeArguments extends ManyOptions, Targets {
  ssimulacra2?: number;
  strip?: boolean;
  /** Encode only the first frame of an animation. */
  still?: boolean;
  resize?: Resize;
  widths?: number[];
  limitPixels?: number;
}

export interface DecodeArguments extends ManyOptions, Pick<DecodeOptions, 'scale' | 'region'> {
  tolerant?: boolean;
  rank?: number;
  format?: ImageFormat;
  limitPixels?: number;
}

/** A file of at least this many bytes may hold a large picture. */
const LARGE = 300_000;

/** lowrank encode: returns the exit code. */
export function runEncode(
  patterns: readonly string[],
  args: EncodeArguments,
  terminal: Terminal,
): Promise<number> {
  const { quality, psnr, size, bpp, ssimulacra2, rank, layout, basis, tune, order, effort, partSize } = args;
  const { strip, still } = args;
  const settings = {
    quality,
    psnr,
    size,
    bpp,
    ssimulacra2,
    rank,
    layout,
    basis,
    tune,
    order,
    effort,
    partSize,
    strip,
    still,
  };
  return runBatch(
    patterns,
    args,
    {
      verb: 'encoded',
      wanted: 'images',
      extension: '.lrk',
      resize: args.resize,
      widths: args.widths,
      settings,
      checkFile: path => checkLrkName(path),
      checkFolder: path => void (/[/\\]$/.test(path) || existsSync(path) || checkLrkName(path)),
      isLarge: path =>
        stat(path).then(
          ({ size }) => size > LARGE,
          () => false, // standard input, or what reading it will say
        ),
      // animations have no sizes, as encodeAny reports
      read:
        args.widths &&
        (async (source, name) => {
          const bytes = await bytesOf(source);
          return still || !isAnimated(bytes)
            ? readImage(bytes, { name, strip, maxPixels: args.limitPixels })
            : undefined;
        }),
      run(source, { pool, onProgress, image, ...context }) {
        const options = { ...settings, ...context, maxPixels: args.limitPixels };
        const input = image ?? source;
        return pool
          ? pool.run('encodeFile', { source: input, options }, { onProgress })
          : encodeAny(input, { ...options, onProgress });
      },
    },
    terminal,
  );
}

/** lowrank decode: returns the exit code. */
export function runDecode(
  patterns: readonly string[],
  args: DecodeArguments,
  terminal: Terminal,
): Promise<number> {
  const format = formatOf(args);
  const { rank, scale, region, tolerant } = args;
  return runBatch(
    patterns,
    args,
    {
      verb: 'decoded',
      wanted: 'lrk',
      extension: extensionOf(format),
      settings: { format, rank, scale, region, tolerant },
      checkFile: path => checkExtension(path, args.format),
      async fill(input) {
        const head = (await isStream(input)) ? undefined : await firstBytes(input);
        if (head) checkLrkHead(head);
        if (!head || !isSequence(head)) return undefined;
        if (region || scale)
          throw new IoError('UNSUPPORTED', {
            path: input,
            reason: `--${region ? 'region' : 'scale'} is for pictures, not for sequences`,
          });
        const { limitPixels: maxPixels } = args;
        return (folder, target) => decodeClip(input, folder, { ...target, rank, tolerant, maxPixels });
      },
      run(source, { pool, name, onProgress }) {
        const options = {
          name,
          format,
          rank,
          scale,
          region,
          tolerant,
          maxPixels: args.limitPixels,
        };
        const tell = (done: number): void => onProgress(done * DECODING[format]);
        return pool
          ? pool.run('decodeFile', { source, options }, { onProgress: tell })
          : decodeFile(source, undefined, options, decodeBounded(tell));
      },
    },
    terminal,
  );
}

/** About how much of the work on a file is decoding; the rest is writing the format, which reports no progress. */
const DECODING: Readonly<Record<ImageFormat, number>> = {
  png: 0.5,
  jpeg: 0.8,
  webp: 0.2,
  avif: 0.02,
  tiff: 0.5,
};

/**
 * `decode` with progress, for large pictures part by part, in less memory. In this thread: starting others would take longer than decoding.
 */
const decodeBounded =
  (tell: (done: number) => void) =>
  (bytes: Uint8Array, options: DecodeOptions): Picture =>
    decodeTogether(bytes, options, 1, tell) ?? decode(bytes, options);
