import { apngControl } from '../formats/apng-frames.js';
import {
  endOf,
  isCritical,
  isIntact,
  type PngChunk,
  readMetadata,
  splitChunks,
  textOf,
} from '../formats/png-chunks.js';
import { transparencyOf } from '../formats/png-transparency.js';
import { profileOf } from '../metadata/colour.js';
import { listed } from '../metadata/printable.js';
import { believedChunks } from './believed-chunks.js';
import { type FileWords, noWords } from './file-words.js';
import { takeExif } from './take-exif.js';
import { takeTrailing } from './take-trailing.js';
import { takeXmp } from './take-xmp.js';

/** Chunks that are read, or that say nothing of the picture. */
const READ = new Set('IHDR PLTE IDAT IEND tRNS cICP iCCP sRGB gAMA cHRM eXIf pHYs acTL fcTL fdAT'.split(' '));
/** Critical chunks that are known: PNG specification, third edition, 11.2. */
const CRITICAL = new Set('IHDR PLTE IDAT IEND'.split(' '));
const TEXTS = new Set(['tEXt', 'zTXt', 'iTXt']);
const NAMES: Readonly<Record<string, string>> = {
  tIME: 'its time of change is',
  bKGD: 'its background colour is',
  hIST: 'its histogram is',
  sPLT: 'its suggested palette is',
  sBIT: 'its count of significant bits (sBIT) is',
  mDCv: 'its HDR mastering metadata are',
  mDCV: 'its HDR mastering metadata are',
  cLLi: 'its HDR light levels are',
  cLLI: 'its HDR light levels are',
  caBX: 'its record of origin (C2PA) is',
};
/** Of H.273, table 2 and 3. */
const UNSPECIFIED = 2;
const INCH = 0.0254;
/** A bit of the colour type. */
const ALPHA = 4;

/** What a PNG says of itself, chunk by chunk. */
export function pngWords(bytes: Uint8Array): FileWords {
  const words = noWords();
  const stored = splitChunks(bytes);
  const chunks = believedChunks(words, stored);
  const find = (type: string): PngChunk | undefined => chunks.find(chunk => chunk.type === type);
  words.unsupported = unknownCritical(chunks);
  const header = find('IHDR')?.data;
  if (header?.length === 13) {
    const view = new DataView(header.buffer, header.byteOffset);
    words.width = view.getUint32(0);
    words.height = view.getUint32(4);
  }
  const control = apngControl(chunks);
  if (control && control.frames > 0) {
    Object.assign(words, { count: control.frames, unit: 'frames', animated: control.frames > 1 });
    words.apart = chunks.find(({ type }) => type === 'fcTL' || type === 'IDAT')?.type === 'IDAT';
  }
  if (control?.frames === 0) words.pictureNotes.push('an animation of no frames: read as a still picture');
  if (find('tRNS') && !transparencyOf(chunks) && header && (header[9]! & ALPHA) === 0)
    words.pictureNotes.push('its transparency (tRNS) makes no sense and is left out, as decoders do');
  takeColour(words, find, chunks);
  const { exifs, xmps } = readMetadata(chunks);
  for (const exif of exifs) takeExif(words, exif);
  for (const xmp of xmps) takeXmp(words, xmp);
  takePixelSize(words, find('pHYs')?.data);
  takeRest(words, chunks);
  if (chunks.at(-1)?.type === 'IEND') takeTrailing(words, bytes.length - endOf(stored));
  return words;
}

/** Why a PNG that is whole asks for more than is known here. */
function unknownCritical(chunks: readonly PngChunk[]): string | undefined {
  if (chunks[0]?.type === 'CgBI')
    return 'a PNG as Xcode packs it for iPhones (CgBI); unpack it first: xcrun -sdk iphoneos pngcrush -revert-iphone-optimizations FILE file.png';
  const unknown = chunks.find(chunk => isCritical(chunk) && !CRITICAL.has(chunk.type) && isIntact(chunk));
  return unknown && `a PNG with the chunk ${listed([unknown.type])}, which is critical but not known`;
}

/** PNG specification, third edition, 4.3: cICP outranks iCCP, that sRGB, that gAMA and cHRM. */
function takeColour(
  words: FileWords,
  find: (type: string) => PngChunk | undefined,
  chunks: readonly PngChunk[],
): void {
  const profile = find('iCCP');
  const { icc } = readMetadata(chunks);
  if (profile && !icc) words.pictureNotes.push('its ICC profile is damaged and not kept');
  const points = codePoints(words, find('cICP')?.data);
  if (icc && !points) words.icc = icc;
  if (icc && points) words.pictureNotes.push('its ICC profile is outranked by its cICP chunk and not kept');
  // what comes after a profile counts where that is none for these pixels
  words.colour = points ?? (find('sRGB') ? undefined : ofGamma(find));
}

/** What gAMA and cHRM say. */
function ofGamma(find: (type: string) => PngChunk | undefined): FileWords['colour'] {
  const gamma = find('gAMA')?.data;
  const colours = find('cHRM')?.data;
  const numbers = (data: Uint8Array): number[] => {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return Array.from({ length: data.length >> 2 }, (_, i) => view.getUint32(4 * i) / 100_000);
  };
  const [value] = gamma?.length === 4 ? numbers(gamma) : [];
  const [wx, wy, rx, ry, gx, gy, bx, by] = colours?.length === 32 ? numbers(colours) : [];
  if (value === undefined && wx === undefined) return undefined;
  return {
    by: [
      value !== undefined && `gamma of ${value} (gAMA)`,
      wx !== undefined && 'set of chromaticities (cHRM)',
    ]
      .filter(Boolean)
      .join(' with its '),
    gamma: value === undefined ? 2.2 : 1 / value,
    ...(wx !== undefined && {
      chromaticities: { white: [wx, wy!], red: [rx!, ry!], green: [gx!, gy!], blue: [bx!, by!] },
    }),
  };
}

/** Primaries, transfer, matrix (0: samples are RGB) and range: PNG specification, third edition, 11.3.2.6. */
function codePoints({ pictureNotes }: FileWords, data: Uint8Array | undefined): FileWords['colour'] {
  if (!data) return undefined;
  const [primaries, transfer, matrix, range] = data;
  if (data.length !== 4 || matrix !== 0 || range! > 1) {
    pictureNotes.push('its cICP chunk makes no sense and is not kept');
    return undefined;
  }
  const points = { by: 'cICP chunk', primaries: primaries!, transfer: transfer! };
  const { isUnknown, note } = profileOf(points, false);
  if (isUnknown) pictureNotes.push(note!);
  // what names no colours outranks nothing
  if (isUnknown || (primaries === UNSPECIFIED && transfer === UNSPECIFIED)) return undefined;
  if (range === 0)
    pictureNotes.push(
      'its cICP chunk says that black and white are 16 and 235 (narrow range): samples are kept as they are',
    );
  return points;
}

function takePixelSize(words: FileWords, data: Uint8Array | undefined): void {
  if (data?.length !== 9) return;
  const view = new DataView(data.buffer, data.byteOffset, 9);
  const [x, y] = [view.getUint32(0), view.getUint32(4)];
  if (x === 0 || y === 0) return;
  if (data[8] === 1)
    words.resolution = { x: Math.round(x * INCH * 1000) / 1000, y: Math.round(y * INCH * 1000) / 1000 };
  if (x !== y) words.aspect = y / x;
}

function takeRest(words: FileWords, chunks: readonly PngChunk[]): void {
  const texts = chunks
    .filter(chunk => TEXTS.has(chunk.type))
    .map(textOf)
    .filter(({ isKept }) => !isKept);
  if (texts.length > 0)
    words.metadataNotes.push(
      `its text is not kept: ${listed(texts.map(({ keyword }) => keyword || '(no keyword)'))}`,
    );
  const others = new Set(chunks.map(({ type }) => type).filter(type => !READ.has(type) && !TEXTS.has(type)));
  for (const type of others)
    words.metadataNotes.push(`${NAMES[type] ?? `its chunk ${listed([type])} is`} not kept`);
}
