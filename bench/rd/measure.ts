import { type Known, keep, pictureDigest, placeOf, recall } from './cache.js';
import type { Codec } from './codec.js';
import { codecNamed } from './codecs.js';
import { type Figure, figuresAgainst, type Measure } from './figures.js';
import { loadRgb, type Rgb } from './pictures.js';
import type { Row } from './rows.js';

/** One picture through one codec at some settings. */
export interface Job {
  /** Path of a PNG file. */
  file: string;
  codec: string;
  /** In rising order. */
  settings: number[];
  /** No setting is tried above the first whose file is good for this, if given. */
  enough?: Enough;
  figures: readonly Figure[];
  /** Folder of coded pictures; what is there is not coded again. Undefined: nothing is kept. */
  cache?: string;
}

/** Where a ladder may end: a file of more bits a pixel than that and, where it was measured, a higher SSIMULACRA 2. */
export interface Enough {
  bpp: number;
  s2: number;
}

interface Subject {
  picture: Rgb;
  digest: string;
  measure: Measure;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

let last: { file: string; subject: Promise<Subject> } | undefined;

/** The picture of a file; the last one is kept, since jobs of one picture come in a row. */
function subjectOf(file: string): Promise<Subject> {
  if (last?.file !== file) last = { file, subject: load(file) };
  return last.subject;
}

async function load(file: string): Promise<Subject> {
  const picture = await loadRgb(file);
  return { picture, digest: pictureDigest(picture), measure: figuresAgainst(picture) };
}

/** Encodes, decodes and measures; rejects, naming picture, codec and setting, if a codec fails. */
export async function measure({ file, codec, settings, enough, figures, cache }: Job): Promise<Row[]> {
  const subject = await subjectOf(file);
  const { name, width, height } = subject.picture;
  const coder = codecNamed(codec);
  const rows: Row[] = [];
  for (const setting of settings) {
    const before = rows.at(-1);
    if (enough && before && before.bpp > enough.bpp && (before.s2 ?? Infinity) > enough.s2) break;
    try {
      const place = cache && placeOf(cache, subject.digest, codec, coder.identity, setting);
      const kept = place ? recall(place) : undefined;
      const { bytes, encodeMs } = kept
        ? { bytes: kept.bytes, encodeMs: kept.known.encodeMs }
        : await timed(() => coder.encode(subject.picture, setting));
      const known = await complete(coder, subject, bytes, kept?.known ?? { figures: {}, encodeMs }, figures);
      if (place && known !== kept?.known) keep(place, bytes, known);
      rows.push({
        image: name,
        w: width,
        h: height,
        codec,
        setting,
        bytes: bytes.length,
        bpp: round((8 * bytes.length) / (width * height), 5),
        psnr_rgb: known.figures.psnr_rgb!,
        ...Object.fromEntries(figures.map(figure => [figure, known.figures[figure]])),
        enc_ms: round(encodeMs, 1),
      });
    } catch (error) {
      throw new Error(`${name}, ${codec}, setting ${setting}: ${(error as Error).message}`, { cause: error });
    }
  }
  return rows;
}

async function timed(encode: () => Promise<Uint8Array>): Promise<{ bytes: Uint8Array; encodeMs: number }> {
  const start = performance.now();
  const bytes = await encode();
  return { bytes, encodeMs: performance.now() - start };
}

/** What is known of a file, with all the figures wanted: it is decoded only if one is missing. */
async function complete(
  coder: Codec,
  { picture, measure }: Subject,
  bytes: Uint8Array,
  known: Known,
  wanted: readonly Figure[],
): Promise<Known> {
  const missing = wanted.filter(figure => !(figure in known.figures));
  if (missing.length === 0) return known;
  const decoded = await coder.decode(bytes, picture);
  const measured = await measure(decoded, missing);
  if (measured.psnr_rgb !== undefined) coder.check?.(bytes, measured.psnr_rgb);
  return { ...known, figures: { ...known.figures, ...measured } };
}
