import { type Known, keep, pictureDigest, placeOf, recall } from './cache.js';
import { codecNamed } from './codecs.js';
import { type Figure, figuresAgainst, type Measure } from './figures.js';
import { loadRgb, type Rgb } from './pictures.js';

/** A picture, and how decoded versions of it are measured. */
export interface Subject {
  picture: Rgb;
  digest: string;
  measure: Measure;
}

/** A picture as a codec coded it, with its figures. */
export interface CodedPicture extends Known {
  /** The whole file. */
  file(): Promise<Uint8Array>;
}

/** Reads a picture file. */
export async function subjectOf(path: string): Promise<Subject> {
  const picture = await loadRgb(path);
  return { picture, digest: pictureDigest(picture), measure: figuresAgainst(picture) };
}

/**
 * The picture through the codec of that name at a setting, with these figures; what is in the cache is neither coded nor measured again.
 * Rejects if the codec fails.
 */
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
  let coded: Promise<Uint8Array> | undefined;
  let encodeMs = 0;
  const code = async (): Promise<Uint8Array> => {
    const start = performance.now();
    const bytes = await coder.encode(picture, setting);
    encodeMs = performance.now() - start;
    return bytes;
  };
  const file = (): Promise<Uint8Array> => {
    coded ??= kept?.file ? Promise.resolve(kept.file) : code();
    return coded;
  };
  const missing = figures.filter(figure => !(figure in (kept?.known.figures ?? {})));
  if (kept && missing.length === 0) return { ...kept.known, file };
  const bytes = await file();
  const measured = missing.length > 0 ? await measure(await coder.decode(bytes, picture), missing) : {};
  if (measured.psnr_rgb !== undefined) coder.check?.(bytes, measured.psnr_rgb);
  const known: Known = {
    bytes: bytes.length,
    encodeMs: kept?.known.encodeMs ?? encodeMs,
    figures: { ...kept?.known.figures, ...measured },
  };
  if (place) keep(place, bytes, known);
  return { ...known, file };
}
