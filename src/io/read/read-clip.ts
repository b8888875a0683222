import { CodecError } from '../../core/errors.js';
import { DURATION_UNIT, MAX_DURATION, MAX_LOOPS } from '../../sequence/header.js';
import { loadSharp } from '../engine.js';
import { IoError } from '../errors.js';
import { clipInputs } from '../files/clip-inputs.js';
import { checkSource, isBytes, readBytes } from '../files/read-bytes.js';
import { isLrk } from '../formats/sniff.js';
import type { Clip } from './clip.js';
import { openFile } from './load.js';
import { readApngClip } from './read-apng-clip.js';
import { readFrameFiles } from './read-frame-files.js';
import { readGifClip } from './read-gif-clip.js';
import type { ReadOptions } from './read-image.js';
import { readPageClip } from './read-page-clip.js';
import { readWebpClip } from './read-webp-clip.js';
import { unsupported } from './refusals.js';

/** The longest that a sequence can show a frame, milliseconds; animated PNGs and WebPs can ask for 18 and 4 hours. */
const LONGEST = MAX_DURATION / DURATION_UNIT;

/** Frames a second. */
export const MOST_FPS = 1000;

export interface ReadClipOptions extends Omit<ReadOptions, 'strip'> {
  /** Frames a second, above 0 to 1,000. Default: the timing of the animation, or 25 for files of one frame each. */
  fps?: number;
  /** Fewer frames are refused. Default 2. */
  least?: number;
}

/**
 * Reads a clip: an animated GIF, WebP or PNG or a TIFF of several pages (its path or its bytes), or pictures of one size, one a
 * frame: paths, globs, folders (see `clipInputs` for their order). Frames of files are read one by one, those of an animation
 * together.
 *
 * Throws IoError NO_MATCH (no frames), FRAMES (too few, not of one size), DAMAGED and what `readImage` throws, each naming the
 * frame, counted from 1; CodecError OPTION and LIMIT.
 */
export async function readClip(
  inputs: string | Uint8Array | readonly string[],
  options: ReadClipOptions = {},
): Promise<Clip> {
  for (const source of Array.isArray(inputs) ? inputs : [inputs]) checkSource(source);
  const { fps, least = 2, ...read } = options;
  if (fps !== undefined && !(fps > 0 && fps <= MOST_FPS))
    throw new CodecError('OPTION', { field: 'fps', got: fps, expected: 'above 0, at most 1,000' });
  const clip = await readAny(inputs, 1000 / (fps ?? 25), read);
  if (clip.names.length < least)
    throw new IoError('FRAMES', {
      path: clip.names[0]!,
      reason: `${clip.names.length === 1 ? 'one frame alone' : `${clip.names.length} frames`}: a clip has ${least} or more`,
    });
  // an animated PNG can ask for four thousand million loops
  const loops = Math.min(clip.loops, MAX_LOOPS);
  if (fps !== undefined) return { ...clip, loops, durations: clip.durations.map(() => 1000 / fps) };
  if (clip.durations.some(duration => duration > LONGEST))
    clip.notes.push('a sequence shows a frame for an hour at most: longer ones are cut to that');
  return { ...clip, loops, durations: clip.durations.map(duration => Math.min(duration, LONGEST)) };
}

async function readAny(
  inputs: string | Uint8Array | readonly string[],
  milliseconds: number,
  options: ReadOptions,
): Promise<Clip> {
  if (isBytes(inputs)) {
    const clip = await readAnimated(inputs, options.name ?? '(bytes)', options);
    if (clip) return clip;
    throw new IoError('FRAMES', { path: options.name ?? '(bytes)', reason: 'not an animation' });
  }
  const paths = await clipInputs(typeof inputs === 'string' ? [inputs] : inputs);
  if (paths.length === 0) throw new IoError('NO_MATCH', { path: '(no input)', reason: 'no frames' });
  const alone = paths.length === 1 ? paths[0]! : undefined;
  const animation = alone && (await readAnimated(await readBytes(alone), options.name ?? alone, options));
  return animation || readFrameFiles(paths, milliseconds, options);
}

/** The clip in a file of several frames; undefined if it has only one. */
async function readAnimated(
  bytes: Uint8Array,
  name: string,
  options: ReadOptions,
): Promise<Clip | undefined> {
  if (bytes.length === 0 || isLrk(bytes)) return undefined;
  const opened = openFile(bytes, name);
  const { format, words } = opened;
  switch (format) {
    case 'png':
      return words.unit === 'frames' ? readApngClip(opened, bytes, name, options) : undefined;
    case 'gif':
      return readGifClip(opened, bytes, name, options);
    case 'tiff':
      return words.pages!.length > 1 ? readPageClip(bytes, name, words, options) : undefined;
    case 'avif':
    case 'heif':
      if (words.animated)
        throw unsupported(
          name,
          'the frames of an animated AVIF: only its still picture can be read; convert it to an animated WebP, PNG or GIF',
        );
      return undefined;
    case 'webp': {
      const sharp = await loadSharp(options.engine);
      if (!sharp)
        throw new IoError('UNSUPPORTED', {
          path: name,
          reason: 'without sharp only PNG and GIF can be read',
        });
      return readWebpClip(sharp, opened, bytes, name, options);
    }
    default:
      return undefined;
  }
}
