import type { FileWords } from './file-words.js';

/** Adds XMP as it stands in a file to what is known of it; undefined adds nothing. The first one counts. */
export function takeXmp(words: FileWords, bytes: Uint8Array | undefined): void {
  if (!bytes) return;
  if (words.xmp) words.metadataNotes.push('a second XMP is not kept');
  else words.xmp = new Uint8Array(bytes);
}
