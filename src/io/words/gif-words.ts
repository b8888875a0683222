import { readGif } from '../formats/gif-blocks.js';
import { listed } from '../metadata/printable.js';
import { type FileWords, noWords } from './file-words.js';
import { takeTrailing } from './take-trailing.js';

const [ICC, XMP] = ['ICCRGBG1012', 'XMP DataXMP'];
/** XMP in GIF, 1.3: 258 bytes that lead readers of blocks out of the packet. */
const XMP_TRAILER = 258;

/** What a GIF says of itself, block by block. */
export function gifWords(bytes: Uint8Array): FileWords {
  const words = noWords();
  const { width, height, frames, trailing, comments, plainTexts, applications } = readGif(bytes);
  Object.assign(words, {
    width,
    height,
    count: Math.max(1, frames.length),
    unit: 'frames',
    animated: frames.length > 1,
  });
  const others = new Set<string>();
  for (const { name, data } of applications) {
    if (name === ICC) words.icc ??= new Uint8Array(data);
    else if (name === XMP) words.xmp ??= packetOf(bytes);
    else others.add(name);
  }
  for (const name of others) words.metadataNotes.push(`its application data ${listed([name])} are not kept`);
  if (comments > 0) words.metadataNotes.push(`its comment${comments > 1 ? 's are' : ' is'} not kept`);
  takeTrailing(words, trailing);
  if (plainTexts > 0) words.pictureNotes.push('its plain text is not drawn, as in browsers');
  return words;
}

/** The packet as it stands, block lengths and all: they are part of its text. */
function packetOf(bytes: Uint8Array): Uint8Array {
  const from = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(XMP) + XMP.length;
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
  return new Uint8Array(bytes.subarray(from, Math.max(from, at + 1 - XMP_TRAILER)));
}
