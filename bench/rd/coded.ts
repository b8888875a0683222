import { type Known, keep, pictureDigest, placeOf, recall } from './cache.js';
import { codecNamed } from './codecs.js';
import { type Figure, figuresAgainst, type Measure } from './figures.js';
import { loadRgb, type Rgb } from './pictures.js';

/** A picture, and how others are measured against it. */
export interface Subject {
  picture: Rgb;
  digest: string;
  measure: Measure;
}

/** A picture as a codec coded it, and what is known of that. */
export interface CodedPicture extends Known {
  bytes: Uint8Array;
}

/** Reads a picture file. */
export async function subjectOf(file: string): Promise<Subject> {
  const picture = await loadRgb(file);
  return { picture, digest: pictureDigest(picture), measure: figuresAgainst(picture) };
}

/** The picture through the codec of that name at a setting, with these figures; what the cache has is neither coded nor measured again. Rejects if the codec fails. */
export async function codedPicture(
  { picture, digest, measure }: Subject,
  codec: string,
  setting: number,
  figures: readonly Figure[],
  cache?: string,
): Promise<CodedPicture> {
  const coder = codecNamed(codec);
  const place = cache && placeOf(cache, digest, codec, coder.identity, setting);
  const kept = place ? recall(place) : undefined;
  const start = performance.now();
  const bytes = kept?.bytes ?? (await coder.encode(picture, setting));
  const known: Known = kept?.known ?? { figures: {}, encodeMs: performance.now() - start };
  const missing = figures.filter(figure => !(figure in known.figures));
  if (missing.length > 0) {
    const measured = await measure(await coder.decode(bytes, picture), missing);
    if (measured.psnr_rgb !== undefined) coder.check?.(bytes, measured.psnr_rgb);
    known.figures = { ...known.figures, ...measured };
  }
  if (place && (!kept || missing.length > 0)) keep(place, bytes, known);
  return { bytes, ...known };
}
