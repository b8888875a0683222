import type { FileWords } from './file-words.js';

/** Adds what stands behind the end that a format has, so many bytes, to what is not kept. */
export function takeTrailing({ pictureNotes }: FileWords, bytes: number): void {
  if (bytes === 1) pictureNotes.push('1 byte after its end is not kept');
  else if (bytes > 1)
    pictureNotes.push(
      `${bytes.toLocaleString('en-US')} bytes after its end (another picture, a film) are not kept`,
    );
}
