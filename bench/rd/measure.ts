import { codedPicture, type Subject, subjectOf } from './coded.js';
import type { Figure } from './figures.js';
import type { Row } from './rows.js';

/** One picture through one codec at some settings. */
export interface Job {
  /** Path of a PNG file. */
  file: string;
  codec: string;
  /** In rising order. */
  settings: number[];
  /** No setting is tried above the first whose file meets this, if given. */
  enough?: Enough;
  /** Figures to measure, PSNR among them. */
  figures: readonly Figure[];
  /** Folder of coded pictures; what is there is not coded again. Undefined: nothing is stored. */
  cache?: string;
}

/** Where a ladder may end: at a file with more bits a pixel than this and, if it was measured, a higher SSIMULACRA 2. */
export interface Enough {
  bpp: number;
  s2: number;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

let last: { file: string; subject: Promise<Subject> } | undefined;

/** The picture of a file; the last one is remembered, since jobs of one picture follow one another. */
function lastSubject(file: string): Promise<Subject> {
  if (last?.file !== file) last = { file, subject: subjectOf(file) };
  return last.subject;
}

/** Encodes, decodes and measures; rejects, naming picture, codec and setting, if a codec fails. */
export async function measure({ file, codec, settings, enough, figures, cache }: Job): Promise<Row[]> {
  const subject = await lastSubject(file);
  const { name, width, height } = subject.picture;
  const rows: Row[] = [];
  for (const setting of settings) {
    const before = rows.at(-1);
    if (enough && before && before.bpp > enough.bpp && (before.s2 ?? Infinity) > enough.s2) break;
    try {
      const coded = await codedPicture(subject, codec, setting, figures, cache);
      rows.push({
        image: name,
        w: width,
        h: height,
        codec,
        setting,
        bytes: coded.bytes,
        bpp: round((8 * coded.bytes) / (width * height), 5),
        psnr_rgb: coded.figures.psnr_rgb!,
        ...Object.fromEntries(figures.map(figure => [figure, coded.figures[figure]])),
        enc_ms: round(coded.encodeMs, 1),
      });
    } catch (error) {
      throw new Error(`${name}, ${codec}, setting ${setting}: ${(error as Error).message}`, { cause: error });
    }
  }
  return rows;
}
