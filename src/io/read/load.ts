import { CodecError } from '../../core/errors.js';
import { MAX_PIXELS } from '../../core/limits.js';
import { type Engine, loadSharp } from '../engine.js';
import { IoError } from '../errors.js';
import { withEnd } from '../formats/jpeg-end.js';
import { mendTiff } from '../formats/mend-tiff.js';
import { otherFormat } from '../formats/other-formats.js';
import { type SniffedFormat, sniff } from '../formats/sniff.js';
import type { FileWords } from '../words/file-words.js';
import { wordsOf } from '../words/words-of.js';
import { loadGif, planGif } from './load-gif.js';
import { loadWithPngjs, planWithPngjs } from './load-pngjs.js';
import { loadWithSharp, planWithSharp } from './load-sharp.js';
import type { Loaded, LoadPlan, LoadRequest } from './loaded.js';
import { unsupported } from './refusals.js';
import { svgUnits } from './svg-units.js';

/** A file before its pixels are read: its format, and what it says about itself. */
export interface Opened {
  format: SniffedFormat;
  words: FileWords;
}

/**
 * Identifies a file. Throws IoError UNSUPPORTED if it cannot be read here, saying what it is and how to convert it; DAMAGED if it has no
 * header; CodecError EMPTY.
 */
export function openFile(bytes: Uint8Array, name: string, page = 0): Opened {
  if (bytes.length === 0) throw new CodecError('EMPTY', { field: 'file', got: '0 bytes' });
  const format = sniff(bytes);
  const other = format === undefined || format === 'tiff' ? otherFormat(bytes) : undefined;
  if (other) throw unsupported(name, `${other.name}; ${other.convert}`);
  if (format === undefined)
    throw new IoError('UNSUPPORTED', { path: name, reason: 'not an image of a known format' });
  const words = wordsOf(format, bytes, page);
  if (words.unsupported) throw unsupported(name, words.unsupported);
  if (words.damaged) throw new IoError('DAMAGED', { path: name, reason: words.damaged });
  return { format, words };
}

export interface LoadOptions {
  engine?: Engine | undefined;
  maxPixels?: number | undefined;
  name: string;
  page?: number;
}

/** The plan for the raster of an opened file, from its header. Throws as `loadPixels`. */
export async function planPixels(opened: Opened, bytes: Uint8Array, options: LoadOptions): Promise<LoadPlan> {
  const { request, sharp } = await prepare(opened, bytes, options);
  if (opened.format === 'gif') return planGif(request);
  return sharp ? planWithSharp(sharp, request, opened.words) : planWithPngjs(request);
}

/**
 * Loads the pixels of an opened file: GIF here, PNG by sharp or pngjs, everything else by sharp. Throws IoError UNSUPPORTED and DAMAGED,
 * CodecError LIMIT.
 */
export async function loadPixels(opened: Opened, bytes: Uint8Array, options: LoadOptions): Promise<Loaded> {
  const { request, sharp } = await prepare(opened, bytes, options);
  if (opened.format === 'gif') return loadGif(request);
  return sharp ? loadWithSharp(sharp, request, opened.words) : loadWithPngjs(request);
}

async function prepare({ format, words }: Opened, bytes: Uint8Array, options: LoadOptions) {
  const { engine, maxPixels = MAX_PIXELS, name, page = 0 } = options;
  const sharp = format === 'gif' ? undefined : await loadSharp(engine);
  if (!sharp && format !== 'png' && format !== 'gif')
    throw new IoError('UNSUPPORTED', { path: name, reason: 'without sharp only PNG and GIF can be read' });
  const drawing = format === 'svg' ? svgUnits(bytes) : { bytes: loadable(bytes, format, words) };
  const request: LoadRequest = { ...drawing, name, maxPixels, page };
  return { request, sharp };
}

/** The bytes in the form that the loader needs. */
function loadable(bytes: Uint8Array, format: SniffedFormat, words: FileWords): Uint8Array {
  if (format === 'avif' && words.animated) return asStill(bytes);
  if (format === 'jpeg' && words.unended) return withEnd(bytes);
  // libultrahdr looks for gain maps after the end, and says on stdout what it does not like there
  if (words.trailing) return bytes.subarray(0, bytes.length - words.trailing);
  return format === 'tiff' ? mendTiff(bytes) : bytes;
}

/** The still picture of an animated AVIF is only read if the file does not begin by saying that it is a film. */
function asStill(bytes: Uint8Array): Uint8Array {
  const still = new Uint8Array(bytes);
  still.set([0x61, 0x76, 0x69, 0x66], 8); // 'avif' as the major brand
  return still;
}
