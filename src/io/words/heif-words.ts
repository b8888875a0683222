import { av1Colours } from '../formats/av1-sequence.js';
import { type HeifItem, type IsoBox, itemBytes, readHeif, splitBoxes } from '../formats/iso-boxes.js';
import { listed } from '../metadata/printable.js';
import { type FileWords, noWords } from './file-words.js';
import { takeExif } from './take-exif.js';
import { takeTrailing } from './take-trailing.js';
import { takeXmp } from './take-xmp.js';

const HEIC =
  'HEIC (pictures coded as HEVC); convert it to PNG or JPEG first, such as: heif-convert FILE file.png';
/** What codes the pixels of an item, where that is not AV1. */
const CODECS: Readonly<Record<string, string>> = {
  hvc1: HEIC,
  avc1: 'HEIF coded as AVC',
  jpeg: 'HEIF coded as JPEG',
  j2k1: 'HEIF coded as JPEG 2000',
  vvc1: 'HEIF coded as VVC',
  unci: 'HEIF without compression',
};
/** Auxiliary pictures by a part of their name: those that hold alpha are no loss. */
const AUXILIARY: readonly (readonly [string, string])[] = [
  ['alpha', ''],
  ['depth', 'its depth map'],
  ['hdrgainmap', 'its HDR gain map'],
  ['disparity', 'its depth map'],
];
const XMP = 'application/rdf+xml';

/** What an AVIF or another HEIF says of itself: ISO/IEC 23008-12, AVIF 1.1. */
export function heifWords(bytes: Uint8Array): FileWords {
  const words = noWords();
  const heif = readHeif(bytes);
  if (!heif) {
    if (/hei[cx]|hev[cx]/.test(brandsOf(bytes))) words.unsupported = HEIC;
    return words;
  }
  const { items, references } = heif;
  const primary = items.find(({ id }) => id === heif.primary);
  const tiles = references
    .filter(({ type, from }) => type === 'dimg' && from === heif.primary)
    .flatMap(({ to }) => to);
  const coded = primary?.type === 'grid' ? items.find(({ id }) => tiles.includes(id)) : primary;
  const codec = coded && CODECS[coded.type];
  if (codec) words.unsupported = codec;
  if (coded && isMonochrome(bytes, coded)) words.grey = true;
  if (primary?.properties.some(({ type }) => type === 'irot' || type === 'imir')) words.turnedByLoader = true;
  // ISO/IEC 23008-12, 6.10.1.1: from a picture to its alpha
  if (references.some(({ type, from }) => type === 'prem' && from === heif.primary))
    words.premultiplied = true;
  takeTracks(words, bytes);
  if (!primary && words.animated) words.unsupported ??= 'an animated AVIF or HEIF without a still picture';
  if (primary) {
    if (coded?.type === 'av01') takeCodedColour(words, bytes, coded);
    takeColour(words, bytes, primary.properties.some(isColour) ? primary : (coded ?? primary));
    takeProperties(words, bytes, primary);
  }
  takeBoxes(words, bytes);
  for (const item of items) {
    if (item.type === 'Exif') takeExifItem(words, itemBytes(bytes, item));
    else if (item.type === 'mime' && item.contentType === XMP) takeXmp(words, itemBytes(bytes, item));
    else if (item.type === 'mime')
      words.metadataNotes.push(`its item ${listed([item.contentType])} is not kept`);
    else if (item.type === 'tmap') words.pictureNotes.push('its HDR gain map is not kept');
    const auxiliary = item.properties.find(({ type }) => type === 'auxC');
    if (auxiliary) takeAuxiliary(words, bytes, auxiliary);
  }
  const hidden = new Set([
    ...tiles,
    ...references.filter(({ type }) => ['auxl', 'thmb'].includes(type)).map(({ from }) => from),
  ]);
  for (const { type, to } of references) if (type === 'dimg') for (const id of to) hidden.add(id);
  const shown = items.filter(
    ({ id, type }) => (type === 'av01' || type === 'grid') && !hidden.has(id) && id !== heif.primary,
  );
  if (shown.length > 0)
    words.pictureNotes.push(`the primary of ${shown.length + 1} pictures; the others are not kept`);
  return words;
}

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** The brands of the file, major and compatible. */
function brandsOf(bytes: Uint8Array): string {
  const [first] = splitBoxes(bytes);
  return first?.type === 'ftyp' ? latin(bytes, first.from, Math.min(first.to, first.from + 256)) : '';
}

/** A film beside the picture: AVIF's image sequences. */
function takeTracks(words: FileWords, bytes: Uint8Array): void {
  const moov = splitBoxes(bytes).find(({ type }) => type === 'moov');
  if (!moov) return;
  const inside = (box: IsoBox, ...path: string[]): IsoBox | undefined =>
    path.reduce<IsoBox | undefined>(
      (at, type) => at && splitBoxes(bytes, at.from, at.to).find(child => child.type === type),
      box,
    );
  const sizes = inside(moov, 'trak', 'mdia', 'minf', 'stbl', 'stsz');
  const count =
    sizes && sizes.to - sizes.from >= 12
      ? new DataView(bytes.buffer, bytes.byteOffset + sizes.from).getUint32(8)
      : 0;
  if (count > 1) Object.assign(words, { count, unit: 'frames of an animated AVIF', animated: true });
}

const isColour = ({ type }: IsoBox): boolean => type === 'colr';

/** What the AV1 stream says of its colours counts where no colour box says otherwise: MIAF 7.3.6.4, as browsers have it. */
function takeCodedColour(words: FileWords, bytes: Uint8Array, item: HeifItem): void {
  const settings = item.properties.find(({ type }) => type === 'av1C');
  const colours =
    (settings && av1Colours(bytes.subarray(settings.from + 4, settings.to))) ??
    av1Colours(itemBytes(bytes, item) ?? new Uint8Array());
  if (!colours) return;
  const { primaries, transfer, narrow } = colours;
  words.colour = { by: 'AV1 sequence header', primaries, transfer };
  if (words.grey && narrow) words.narrow = true;
}

/** Of several colour boxes an ICC profile outranks nclx: ISO/IEC 23008-12, 6.5.5.1; MIAF 7.3.6.4. */
function takeColour(words: FileWords, bytes: Uint8Array, item: HeifItem): void {
  for (const { from, to } of item.properties.filter(isColour)) {
    const kind = latin(bytes, from, from + 4);
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, to - from);
    if (kind === 'prof' || kind === 'rICC') words.icc = new Uint8Array(bytes.subarray(from + 4, to));
    else if (kind === 'nclx' && to - from >= 10) {
      words.colour = { by: 'nclx box', primaries: view.getUint16(4), transfer: view.getUint16(6) };
      // ISO/IEC 14496-12, 12.1.5: the flag of full range, of which loaders know where there are colours
      if (to - from >= 11) words.narrow = words.grey === true && view.getUint8(10) < 0x80;
    }
  }
}

/** AV1 in ISOBMFF, 2.3.3: after profile and level, the bits tier, high depth, twelve bits, monochrome. */
function isMonochrome(bytes: Uint8Array, { properties }: HeifItem): boolean {
  const settings = properties.find(({ type }) => type === 'av1C');
  return (
    settings !== undefined && settings.to - settings.from >= 4 && (bytes[settings.from + 2]! & 0x10) !== 0
  );
}

/** Light levels of the picture and of the screen that it was made on: ISO/IEC 14496-12, 12.1.6 and 12.1.7. */
const LIGHT: Readonly<Record<string, string>> = {
  clli: 'its HDR light levels are not kept',
  mdcv: 'its HDR mastering metadata are not kept',
  cclv: 'its HDR content colour volume is not kept',
};

function takeProperties(words: FileWords, bytes: Uint8Array, { properties }: HeifItem): void {
  // ISO/IEC 23008-12, 6.5.10: the last two bits count quarter turns, after which width and height have changed places
  const isOnSide = properties.some(({ type, from }) => type === 'irot' && (bytes[from]! & 1) === 1);
  for (const { type, from, to } of properties) {
    const note = LIGHT[type];
    if (note) words.metadataNotes.push(note);
    if (type !== 'pasp' || to - from < 8) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, 8);
    const [across, down] = [view.getUint32(0), view.getUint32(4)];
    if (across > 0 && down > 0 && across !== down) words.aspect = isOnSide ? down / across : across / down;
  }
}

/** Boxes that say how a file is laid out, or that are read here. */
const READ = new Set([
  'ftyp',
  'meta',
  'mdat',
  'idat',
  'moov',
  'free',
  'skip',
  'styp',
  'sidx',
  'moof',
  'mfra',
]);

function takeBoxes(words: FileWords, bytes: Uint8Array): void {
  const boxes = splitBoxes(bytes);
  const others = [...new Set(boxes.map(({ type }) => type))].filter(type => !READ.has(type));
  if (others.includes('mpvd')) words.pictureNotes.push('its film (a motion photo) is not kept');
  const rest = others.filter(type => type !== 'mpvd');
  if (rest.length > 0) words.metadataNotes.push(`boxes that are not kept: ${listed(rest)}`);
  takeTrailing(words, bytes.length - (boxes.at(-1)?.to ?? bytes.length));
}

/** The pixels are turned by 'irot' and 'imir' alone, which the loader does: AVIF 1.1 and browsers do not look at EXIF. */
function takeExifItem(words: FileWords, item: Uint8Array | undefined): void {
  if (!item || item.length < 8) return;
  const skipped = new DataView(item.buffer, item.byteOffset).getUint32(0);
  takeExif(words, item.subarray(Math.min(item.length, 4 + skipped)), false);
}

function takeAuxiliary(words: FileWords, bytes: Uint8Array, { from, to }: IsoBox): void {
  const name = latin(bytes, from + 4, Math.min(to, from + 204)).split('\0')[0]!;
  const known = AUXILIARY.find(([part]) => name.includes(part));
  const what = known ? known[1] : `its auxiliary picture ${listed([name])}`;
  if (what) words.pictureNotes.push(`${what} is not kept`);
}
