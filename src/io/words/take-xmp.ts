import type { FileWords } from './file-words.js';

/** Adds XMP from a file to its words, unless there is some already: then a note says that it is not kept. Undefined adds nothing. */
export function takeXmp(words: FileWords, bytes: Uint8Array | undefined): void {
  if (!bytes) return;
  if (words.xmp) words.metadataNotes.push('a second XMP is not kept');
  else words.xmp = new Uint8Array(bytes);
}
