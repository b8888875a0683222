import { bareExif, exifOrientation, isExif, uprightExif } from '../metadata/exif.js';
import type { FileWords } from './file-words.js';

/**
 * Adds EXIF as it stands in a file to what is known of it; what cannot be walked is dropped, with a note. The first one counts. Where it turns no picture for any viewer
 * (`turns` is false), its orientation is 1 from here on: elsewhere it would turn one.
 */
export function takeExif(words: FileWords, bytes: Uint8Array, turns = true): void {
  const exif = bareExif(bytes);
  if (!isExif(exif)) {
    words.metadataNotes.push(`its EXIF is damaged (${exif.length} bytes) and not kept`);
    return;
  }
  if (words.exif) {
    words.metadataNotes.push('a second EXIF is not kept');
    return;
  }
  words.exif = turns ? new Uint8Array(exif) : uprightExif(exif);
  if (turns) words.orientation = exifOrientation(exif);
}
