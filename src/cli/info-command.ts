import { CodecError } from '../core/errors.js';
import { MAX_PIXELS } from '../core/limits.js';
import { type Info, inspect } from '../decode/index.js';
import { bitsPerPixel } from '../io/file-report.js';
import { expandInputs } from '../io/index.js';
import { readBytes } from '../io/read-bytes.js';
import { writeToStream } from '../io/write-to-stream.js';
import type { ChannelFactors } from '../spectra/channel-factors.js';
import { inspectFactors } from '../spectra/inspect-factors.js';
import { describeInfo } from './describe-info.js';
import { createReporter, isClosedPipe } from './reporter.js';
import { EXIT, readAll, type Terminal } from './terminal.js';

export interface InfoArguments {
  json?: boolean;
  recursive?: boolean;
}

/** lowrank info: returns the exit code. */
export async function runInfo(
  patterns: readonly string[],
  args: InfoArguments,
  terminal: Terminal,
): Promise<number> {
  const items = await expandInputs(patterns, { recursive: args.recursive, wanted: 'lrk' });
  const reporter = createReporter(terminal, args.json === true);
  let shown = 0;
  for (const item of items) {
    try {
      if ('error' in item) throw item.error;
      const started = performance.now();
      const bytes = item.path === '-' ? await readAll(terminal.stdin) : await readBytes(item.path);
      if (bytes.length === 0) throw new CodecError('EMPTY', { field: 'file', got: '0 bytes' });
      const info = inspect(bytes);
      const factors = info.width * info.height > MAX_PIXELS ? undefined : inspectFactors(bytes);
      const milliseconds = performance.now() - started;
      const text = args.json
        ? JSON.stringify(infoObject(item.path, info, factors, bytes.length, milliseconds))
        : `${shown > 0 ? '\n' : ''}${describeInfo(item.path, info, factors, bytes.length)}`;
      await writeToStream(terminal.stdout, `${text}\n`);
      shown++;
    } catch (error) {
      if (isClosedPipe(error)) return EXIT.ok;
      await reporter.failed(item.path, error);
    }
  }
  if (reporter.failures() > 0) reporter.summary(shown, 'read');
  return reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}

/**
 * The fields that every command reports, then all that `inspect` and `inspectFactors` found; metadata by their sizes in
 * bytes.
 */
function infoObject(
  input: string,
  info: Info,
  factors: ChannelFactors[] | undefined,
  present: number,
  milliseconds: number,
): object {
  const { width, height, channels, bitDepth, rank, psnr, metadata, bytes, ...rest } = info;
  return {
    input,
    output: null,
    width,
    height,
    channels,
    bitDepth,
    bytes,
    bpp: bitsPerPixel(bytes, width, height),
    rank,
    psnr,
    milliseconds: Math.round(milliseconds * 10) / 10,
    bytesPresent: present,
    ...rest,
    factors: factors ?? null,
    metadata: {
      icc: metadata.icc?.length ?? 0,
      exif: metadata.exif?.length ?? 0,
      xmp: metadata.xmp?.length ?? 0,
    },
  };
}
