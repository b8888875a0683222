import { CodecError } from '../core/errors.js';
import { type Info, inspect } from '../decode/index.js';
import { writeToStream } from '../io/files/write-to-stream.js';
import { expandInputs, placeholderOf } from '../io/index.js';
import { bitsPerPixel } from '../metrics/bits-per-pixel.js';
import { backgroundFile } from '../sequence/background-file.js';
import { isSequence } from '../sequence/is-sequence.js';
import type { ChannelFactors } from '../spectra/channel-factors.js';
import { inspectFactors } from '../spectra/inspect-factors.js';
import { htmlTag } from '../web/html-tag.js';
import { addressOf } from './address.js';
import { describeInfo } from './describe-info.js';
import { describeSequence } from './describe-sequence.js';
import { tenths } from './figures.js';
import { bytesOfInput } from './inputs.js';
import { createReporter, isClosedPipe } from './reporter.js';
import { EXIT, type Terminal } from './terminal.js';

export interface InfoArguments {
  json?: boolean;
  recursive?: boolean;
  /** Also read the planes, to describe what is stored of each channel. */
  factors?: boolean;
  /** Print the tag for a page. */
  html?: boolean;
  /** Add a placeholder of at most this many bytes; true if no number was given. */
  placeholder?: number | true;
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
      const bytes = await bytesOfInput(item.path, terminal);
      if (bytes.length === 0) throw new CodecError('EMPTY', { field: 'file', got: '0 bytes' });
      const text = args.html
        ? await tagOf(item.path, bytes, args.placeholder)
        : describe(item.path, bytes, started, args);
      await writeToStream(terminal.stdout, `${shown > 0 && !args.json && !args.html ? '\n' : ''}${text}\n`);
      shown++;
    } catch (error) {
      if (isClosedPipe(error)) return EXIT.ok;
      await reporter.failed(item.path, error);
    }
  }
  if (reporter.failures() > 0) reporter.summary(shown, 'read');
  return reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}

function describe(
  path: string,
  bytes: Uint8Array,
  started: number,
  { json = false, factors: wanted }: InfoArguments,
): string {
  if (isSequence(bytes)) return describeSequence(path, bytes, started, json);
  const info = inspect(bytes);
  const factors = wanted ? inspectFactors(bytes) : undefined;
  if (!json) return describeInfo(path, info, factors, bytes.length);
  return JSON.stringify(infoObject(path, info, factors, bytes.length, performance.now() - started));
}

/** The tag of a file, with a placeholder if asked for; for a sequence, that of its background. */
async function tagOf(path: string, bytes: Uint8Array, size: number | true | undefined): Promise<string> {
  const picture = backgroundFile(bytes);
  const { width, height } = inspect(picture);
  const made = size
    ? await placeholderOf(picture, { name: path, size: size === true ? undefined : size })
    : undefined;
  return htmlTag({
    src: addressOf(path),
    width,
    height,
    placeholder: made?.placeholder,
  });
}

/** The fields that every command reports, then the results of `inspect` and, if asked for, `inspectFactors`; metadata as sizes in bytes. */
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
    milliseconds: tenths(milliseconds),
    bytesPresent: present,
    ...rest,
    ...(factors && { factors }),
    metadata: {
      icc: metadata.icc?.length ?? 0,
      cicp: metadata.cicp?.length ?? 0,
      exif: metadata.exif?.length ?? 0,
      xmp: metadata.xmp?.length ?? 0,
    },
  };
}
