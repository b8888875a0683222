import { beforePixels, isCritical, isIntact, type PngChunk } from '../formats/png-chunks.js';
import { listed } from '../metadata/printable.js';
import type { FileWords } from './file-words.js';

/** Chunks that count before the pixels alone: PNG specification, third edition, 5.6. */
const COLOUR = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);
/** Chunks without which there are other pixels: loaders judge these. */
const OF_PIXELS = new Set(['tRNS', 'acTL', 'fcTL', 'fdAT']);

/** The chunks of a PNG that decoders believe: those that are as their checksum says, and those of colour that stand in their place. The others are named. */
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
