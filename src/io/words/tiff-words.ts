import {
  bytesOf,
  directoriesOf,
  numbersOf,
  openTiff,
  readDirectory,
  type TiffDirectory,
  type TiffEntry,
  type TiffStructure,
} from '../formats/tiff-structure.js';
import { SRGB } from '../metadata/colour.js';
import { isDescriptive } from '../metadata/descriptive-tags.js';
import { entriesOfDirectory } from '../metadata/exif-entries.js';
import { exifName } from '../metadata/exif-names.js';
import { listed } from '../metadata/printable.js';
import { writeExif } from '../metadata/write-exif.js';
import { type FileWords, noWords, type YCbCr } from './file-words.js';
import { tiffFault } from './tiff-fault.js';

/** Tags that say how the pixels stand in the file, or that are read here: no loss. TIFF 6.0, section 8, and its supplements. */
const STRUCTURE = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
  290, 291, 292, 293, 296, 297, 317, 320, 322, 323, 324, 325, 330, 332, 334, 336, 338, 339, 340, 341, 347,
  512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 700, 34_675, 34_665, 34_853, 40_965,
]);
/** Tags that say what the colours are, beside an ICC profile. */
const COLOUR = [301, 318, 319];
const [ORIENTATION, X, Y, UNIT] = [274, 282, 283, 296];
const RESOLUTION = [X, Y, UNIT];
const [SUBFILE, TILE_WIDTH, COLOUR_MAP] = [254, 322, 320];
/** A bit of the kind of subfile. */
const SMALLER = 1;
/** As photometric interpretation. */
const PALETTE = 3;
// TIFF 6.0, section 21: the weights of BT.601, all codes
const LUMA = [0.299, 0.587, 0.114] as const;
const RANGE = [0, 255, 128, 255, 128, 255] as const;

/** What a page of a TIFF says of itself, tag by tag. */
export function tiffWords(bytes: Uint8Array, page = 0): FileWords {
  const words = noWords();
  const tiff = openTiff(bytes);
  const directories = tiff ? directoriesOf(tiff) : [];
  const directory = directories[page];
  if (!tiff || !directory) {
    words.damaged = `it has no directory of tags ${tiff && page === 0 ? `at byte ${tiff.first}` : 'where one should be'}`;
    return words;
  }
  words.count = directories.length;
  words.pages = fullPages(tiff, directories);
  words.unit = 'pages';
  const get = (tag: number): TiffEntry | undefined => directory.entries.find(entry => entry.tag === tag);
  const numbers = (tag: number): number[] => numbersOf(tiff, get(tag));
  [words.width] = numbers(256);
  [words.height] = numbers(257);
  const [orientation = 1] = numbers(ORIENTATION);
  if (orientation >= 1 && orientation <= 8) words.orientation = orientation;
  words.unsupported = tiffFault(numbers);
  words.damaged = paletteFault(numbers);
  if (get(TILE_WIDTH)) words.tiled = true;
  const [kind = 0] = numbers(SUBFILE);
  if (kind & SMALLER) words.pictureNotes.push('it is a thumbnail of another picture');
  takeSamples(words, numbers);
  const icc = get(34_675);
  if (icc && icc.at >= 0) words.icc = new Uint8Array(bytesOf(tiff, icc));
  const xmp = get(700);
  if (xmp && xmp.at >= 0) words.xmp = new Uint8Array(bytesOf(tiff, xmp));
  const colours = COLOUR.filter(tag => get(tag) && !isOfSrgb(tag, numbers(tag)));
  if (!icc && colours.length > 0)
    words.pictureNotes.push(
      `what its tags say of its colours is not kept: ${listed(colours.map(tag => exifName(tag)))}`,
    );
  takeResolution(words, numbers);
  takeTags(words, tiff, directory);
  return words;
}

/** The pages that are no smaller versions of others, counted from 0. Some writers call every page one, the largest too. */
function fullPages(tiff: TiffStructure, directories: readonly TiffDirectory[]): number[] {
  const numberOf = ({ entries }: TiffDirectory, wanted: number): number =>
    numbersOf(
      tiff,
      entries.find(({ tag }) => tag === wanted),
    )[0] ?? 0;
  const widths = directories.map(directory => numberOf(directory, 256));
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  return directories.flatMap((directory, i) =>
    numberOf(directory, SUBFILE) & SMALLER && widths[i]! < widest ? [] : [i],
  );
}

/** Loaders take the indices of a palette that they cannot use for grey. TIFF 6.0, section 5: all red, then green, then blue. */
function paletteFault(numbers: (tag: number) => number[]): string | undefined {
  const [depth = 1] = numbers(258);
  const [photometric] = numbers(262);
  const { length } = numbers(COLOUR_MAP);
  const wanted = 3 * 2 ** depth;
  if (photometric !== PALETTE || length === wanted) return undefined;
  return length === 0 ? 'its palette is missing' : `its palette has ${length} numbers, expected ${wanted}`;
}

/** Do the tags of colour say what is taken for granted: white and primaries of sRGB? */
function isOfSrgb(tag: number, values: readonly number[]): boolean {
  const { white, red, green, blue } = SRGB;
  const usual = tag === 318 ? white : tag === 319 ? [...red, ...green, ...blue] : [];
  return usual.length === values.length && usual.every((value, i) => Math.abs(value - values[i]!) < 0.002);
}

/** Which samples are colours and which are not: TIFF 6.0, section 18. */
function takeSamples(words: FileWords, numbers: (tag: number) => number[]): void {
  const [samples = 1] = numbers(277);
  const [photometric = 1] = numbers(262);
  const extra = numbers(338);
  const colours = photometric === 5 ? 4 : photometric === 2 || photometric === 6 || photometric === 8 ? 3 : 1;
  const beyond = samples - colours;
  words.alpha = beyond > 0;
  if (beyond > 0 && (extra[0] ?? 0) === 0)
    words.pictureNotes.push('its extra sample, whose meaning it does not state, is taken for alpha');
  if (beyond > 1)
    words.pictureNotes.push(
      `${beyond - 1} further ${beyond === 2 ? 'channel' : 'channels'} (masks, spot colours) beside its alpha: not kept`,
    );
  const [compression = 1] = numbers(259);
  const [across = 2, down = 2] = numbers(530);
  // JPEG converts by itself, and the loader does where chroma has fewer samples
  if (photometric === 6 && compression !== 6 && compression !== 7 && across === 1 && down === 1)
    takeYCbCr(words, numbers);
}

function takeYCbCr(words: FileWords, numbers: (tag: number) => number[]): void {
  const [r = LUMA[0], g = LUMA[1], b = LUMA[2]] = numbers(529);
  const range = numbers(532);
  const ycbcr: YCbCr = { luma: LUMA, range: RANGE };
  if ([r, g, b].every(Number.isFinite) && g > 0) ycbcr.luma = [r, g, b];
  else words.pictureNotes.push('its weights of red, green and blue make no sense: those of BT.601 are used');
  const spans = [0, 2, 4].every(i => range[i + 1]! > range[i]!);
  if (range.length === 6 && range.every(Number.isFinite) && spans) ycbcr.range = range;
  else if (range.length > 0)
    words.pictureNotes.push('its samples of black and white make no sense: the full range is used');
  words.ycbcr = ycbcr;
}

function takeResolution(words: FileWords, numbers: (tag: number) => number[]): void {
  const [[x = 0], [y = 0], [unit = 2]] = [numbers(X), numbers(Y), numbers(UNIT)];
  if (!(x > 0 && y > 0 && Number.isFinite(x + y))) return;
  if (unit === 2 || unit === 3)
    words.resolution = { x: unit === 3 ? x * 2.54 : x, y: unit === 3 ? y * 2.54 : y };
  if (Math.abs(x / y - 1) > 0.001) words.aspect = y / x;
}

/** What EXIF has as well becomes EXIF; the rest is named. */
function takeTags(words: FileWords, tiff: TiffStructure, { entries }: TiffDirectory): void {
  const isKept = (tag: number): boolean =>
    isDescriptive(tag) || (RESOLUTION.includes(tag) && words.resolution !== undefined);
  const kept = entriesOfDirectory(tiff, entries).filter(({ place, tag }) => place !== 'image' || isKept(tag));
  // a resolution alone becomes EXIF where it is not the usual one
  const exif = kept.every(({ place, tag }) => place === 'image' && RESOLUTION.includes(tag))
    ? undefined
    : writeExif(kept);
  if (exif) words.exif = exif;
  const lost = entries.filter(
    ({ tag }) => !STRUCTURE.has(tag) && !isDescriptive(tag) && !COLOUR.includes(tag),
  );
  const nameOf = (tag: number): string =>
    tag === 33_723 ? 'IPTC' : tag === 34_377 ? 'Photoshop settings' : exifName(tag);
  if (lost.length > 0)
    words.metadataNotes.push(`tags that are not kept: ${listed(lost.map(({ tag }) => nameOf(tag)))}`);
  const below = numbersOf(
    tiff,
    entries.find(({ tag }) => tag === 330),
  ).filter(at => readDirectory(tiff, at));
  if (below.length > 0)
    words.pictureNotes.push(
      `${below.length} ${below.length === 1 ? 'picture' : 'pictures'} below its page (SubIFDs): not kept`,
    );
}
