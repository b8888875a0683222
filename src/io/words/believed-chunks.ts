import { beforePixels, isCritical, isIntact, type PngChunk } from '../formats/png-chunks.js';
import { listed } from '../metadata/printable.js';
import type { FileWords } from './file-words.js';

/** Chunks that only count before the pixels: PNG specification, third edition, 5.6. */
const COLOUR = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);
/** Chunks that change the pixels: loaders check these themselves. */
const OF_PIXELS = new Set(['tRNS', 'acTL', 'fcTL', 'fdAT']);

/** The chunks of a PNG that decoders accept: those that match their checksum and, for colour, come before the pixels. A note names the others. */
export function believedChunks(words: FileWords, chunks: readonly PngChunk[]): PngChunk[] {
  const before = new Set(beforePixels(chunks));
  return chunks.filter(chunk => {
    const { type } = chunk;
    if (isCritical(chunk) || OF_PIXELS.has(type)) return true;
    const why = !isIntact(chunk)
      ? 'differs from its checksum'
      : COLOUR.has(type) && !before.has(chunk) && 'stands after the pixels';
    const notes = COLOUR.has(type) ? words.pictureNotes : words.metadataNotes;
    const note = `its chunk ${listed([type])} ${why}: not kept`;
    if (why && !notes.includes(note)) notes.push(note);
    return !why;
  });
}
