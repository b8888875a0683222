import { extname } from 'node:path';
import type { EncodeOptions } from '../encode/options.js';
import { extensionOf, formatOfName } from '../io/formats/image-format.js';
import { decodeFile, encodeFile, type ImageFormat } from '../io/index.js';
import { type BatchOptions, runBatch } from './batch.js';
import { type Terminal, UsageError } from './terminal.js';

type Targets = Pick<
  EncodeOptions,
  'quality' | 'psnr' | 'size' | 'bpp' | 'rank' | 'layout' | 'basis' | 'tune' | 'effort'
>;

export interface EncodeArguments extends BatchOptions, Targets {
  strip?: boolean;
  limitPixels?: number;
}

export interface DecodeArguments extends BatchOptions {
  rank?: number;
  format?: ImageFormat;
  limitPixels?: number;
}

/** lowrank encode: returns the exit code. */
export function runEncode(
  patterns: readonly string[],
  args: EncodeArguments,
  terminal: Terminal,
): Promise<number> {
  const { output: _output, recursive: _recursive, json: _json, force, strip, limitPixels, ...targets } = args;
  return runBatch(
    patterns,
    args,
    {
      verb: 'encoded',
      wanted: 'images',
      extension: '.lrk',
      run: (source, output, context) =>
        encodeFile(source, output, {
          ...targets,
          ...context,
          strip,
          force,
          maxPixels: limitPixels,
          onTemporary: terminal.onTemporary,
        }),
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
  const format = formatFor(args);
  return runBatch(
    patterns,
    args,
    {
      verb: 'decoded',
      wanted: 'lrk',
      extension: extensionOf(format),
      checkFile: path => checkExtension(path, args.format),
      run: (source, output, { onProgress: _onProgress, ...context }) =>
        decodeFile(source, output, {
          ...context,
          format,
          rank: args.rank,
          force: args.force,
          maxPixels: args.limitPixels,
          onTemporary: terminal.onTemporary,
        }),
    },
    terminal,
  );
}

/** The format asked for by --format, by the extension of -o, or PNG. Throws UsageError where the two disagree. */
function formatFor({ format, output = '' }: DecodeArguments): ImageFormat {
  const named = formatOfName(output);
  if (format && named && format !== named)
    throw new UsageError(`--format ${format} and the extension of ${output} disagree`);
  return format ?? named ?? 'png';
}

function checkExtension(path: string, format: ImageFormat | undefined): void {
  if (!format && extname(path) && !formatOfName(path))
    throw new UsageError(`${extname(path)} is not an extension of a format written: name one with --format`);
}
