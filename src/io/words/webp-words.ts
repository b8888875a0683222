import { endOfRiff, splitRiff } from '../formats/riff-chunks.js';
import { listed } from '../metadata/printable.js';
import { type FileWords, noWords } from './file-words.js';
import { takeExif } from './take-exif.js';
import { takeTrailing } from './take-trailing.js';
import { takeXmp } from './take-xmp.js';

/** Flags of VP8X: RFC 9649, section 2.7. */
const [ICC, EXIF] = [0x20, 0x08];
const PIXELS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']);

/** What a WebP says of itself, chunk by chunk: RFC 9649, section 2. */
export function webpWords(bytes: Uint8Array): FileWords {
  const words = noWords();
  const end = endOfRiff(bytes);
  let frames = 0;
  const chunks = splitRiff(bytes.subarray(0, end));
  // decoders do not listen to what the header does not announce
  const flags = chunks[0]?.type === 'VP8X' ? (chunks[0].data[0] ?? 0) : 0;
  for (const { type, data } of chunks) {
    if (type === 'ANMF') frames++;
    else if (type === 'ICCP' && (flags & ICC) === 0)
      words.pictureNotes.push('its ICC profile, which its header does not announce, is not kept');
    else if (type === 'ICCP') words.icc ??= new Uint8Array(data);
    else if (type === 'EXIF') takeExif(words, data, (flags & EXIF) !== 0);
    else if (type === 'XMP ') takeXmp(words, data);
    else if (!PIXELS.has(type)) words.metadataNotes.push(`its chunk ${listed([type])} is not kept`);
  }
  takeTrailing(words, bytes.length - end);
  if (frames > 0) Object.assign(words, { count: frames, unit: 'frames', animated: frames > 1 });
  return words;
}
