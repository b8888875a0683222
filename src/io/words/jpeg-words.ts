import { lacksScans } from '../formats/jpeg-scans.js';
import { type JpegSegment, splitJpeg, startsWith } from '../formats/jpeg-segments.js';
import { type FileWords, noWords } from './file-words.js';
import { takeExif } from './take-exif.js';
import { takeTrailing } from './take-trailing.js';
import { takeXmp } from './take-xmp.js';

const [APP0, APP1, APP2, APP11, APP13, APP14, APP15] = [0xe0, 0xe1, 0xe2, 0xeb, 0xed, 0xee, 0xef];
const COMMENT = 0xfe;
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const EXTENDED_XMP = 'http://ns.adobe.com/xmp/extension/\0';
const ICC = 'ICC_PROFILE\0';
const PHOTOSHOP = 'Photoshop 3.0\0';
/** Image resources of Photoshop that hold IPTC. */
const IPTC = 0x0404;

/** Frames of ITU-T T.81, table B.1, that are neither baseline, extended nor progressive. */
const OTHER_FRAMES: Readonly<Record<number, string>> = {
  195: 'a lossless JPEG',
  197: 'a hierarchical JPEG',
  198: 'a hierarchical JPEG',
  199: 'a hierarchical JPEG',
  203: 'a lossless JPEG',
  205: 'a hierarchical JPEG',
  206: 'a hierarchical JPEG',
  207: 'a hierarchical JPEG',
  247: 'JPEG-LS',
};

const BREAKS_OFF = 'its pixels cannot be read: the file breaks off';

/** What a JPEG says of itself, segment by segment. */
export function jpegWords(bytes: Uint8Array): FileWords {
  const words = noWords();
  const { segments, ended, trailing } = splitJpeg(bytes);
  if (!ended) words.unended = true;
  const profile: Uint8Array[] = [];
  const rest = new Map<string, number>();
  const drop = (what: string): void => void rest.set(what, (rest.get(what) ?? 0) + 1);
  for (const segment of segments) {
    const { marker, data } = segment;
    if (isFrame(marker)) takeFrame(words, segment);
    else if (marker === APP1 && startsWith(data, 'Exif\0')) takeExif(words, data.subarray(6));
    else if (marker === APP1 && startsWith(data, XMP)) takeXmp(words, data.subarray(XMP.length));
    else if (marker === APP2 && startsWith(data, ICC)) profile.push(data.subarray(ICC.length));
    else if (marker === APP0 && startsWith(data, 'JFIF\0')) takeDensity(words, data);
    else if (marker === APP13 && startsWith(data, PHOTOSHOP)) photoshop(data).forEach(drop);
    else if (marker === APP14 && startsWith(data, 'Adobe'))
      continue; // its transform is the loader's business
    else if (marker === COMMENT) drop('its comment');
    else if (marker >= APP0 && marker <= APP15) drop(nameOf(segment));
  }
  if (profile.length > 0) takeProfile(words, profile);
  if (lacksScans(segments)) {
    if (!ended) words.damaged = BREAKS_OFF;
    words.pictureNotes.push('it lacks some of its scans');
  }
  words.trailing = trailing;
  takeTrailing(words, trailing);
  for (const [what, times] of rest)
    words.metadataNotes.push(`${what}${times > 1 ? ` (${times} segments)` : ''} is not kept`);
  return words;
}

/** A start of frame: not DHT, JPG and DAC, which stand among them; and that of JPEG-LS. */
const isFrame = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7;

function takeFrame(words: FileWords, { marker, data }: JpegSegment): void {
  const other = OTHER_FRAMES[marker];
  if (other) words.unsupported ??= other;
  else if (data[0] !== 8) words.unsupported ??= `a JPEG of ${data[0]} bits a sample`;
  if (data.length < 6) return;
  words.height ??= data[1]! * 256 + data[2]!;
  words.width ??= data[3]! * 256 + data[4]!;
  words.alpha = false;
}

/** JFIF 1.02: unit (1 an inch, 2 a centimetre, 0 an aspect alone), then across and down. */
function takeDensity(words: FileWords, data: Uint8Array): void {
  if (data.length < 12) return;
  const [unit, x, y] = [data[7], data[8]! * 256 + data[9]!, data[10]! * 256 + data[11]!];
  if (x === 0 || y === 0) return;
  const scale = unit === 1 ? 1 : unit === 2 ? 2.54 : 0;
  if (scale > 0) words.resolution = { x: x * scale, y: y * scale };
  if (x !== y) words.aspect = y / x;
}

/** ICC.1:2022, B.4: parts by number, all of them; parts without a number follow as they stand. */
function takeProfile(words: FileWords, parts: readonly Uint8Array[]): void {
  const count = parts[0]![1]!;
  const sorted = [...parts].sort((a, b) => a[0]! - b[0]!);
  if (sorted.length !== count || sorted.some((part, i) => part[0] !== i + 1))
    words.pictureNotes.push('its ICC profile is not whole and not kept');
  else words.icc = new Uint8Array(Buffer.concat(sorted.map(part => part.subarray(2))));
}

/** What the image resources of Photoshop hold. */
function photoshop(data: Uint8Array): string[] {
  const found = new Set<string>();
  for (let at = PHOTOSHOP.length; at + 12 <= data.length && startsWith(data.subarray(at), '8BIM'); ) {
    const id = data[at + 4]! * 256 + data[at + 5]!;
    const name = data[at + 6]! + 1;
    const sizeAt = at + 6 + name + (name & 1);
    if (sizeAt + 4 > data.length) break;
    const size = new DataView(data.buffer, data.byteOffset + sizeAt, 4).getUint32(0);
    found.add(id === IPTC ? 'its IPTC metadata' : 'its block of Photoshop settings');
    at = sizeAt + 4 + size + (size & 1);
  }
  return [...found];
}

function nameOf({ marker, data }: JpegSegment): string {
  if (startsWith(data, EXTENDED_XMP)) return 'its extended XMP';
  if (startsWith(data, 'JFXX\0')) return 'its JFIF thumbnail';
  if (marker === APP2 && startsWith(data, 'MPF\0')) return 'its index of further pictures (MPF)';
  if (marker === APP2 && startsWith(data, 'urn:iso:std:iso:ts:21496')) return 'its HDR gain map';
  if (marker === APP2 && startsWith(data, 'FPXR\0')) return 'its FlashPix data';
  if (marker === APP11 && startsWith(data, 'JP')) return 'its record of origin (JUMBF, C2PA)';
  return `its segment APP${marker - APP0}`;
}
