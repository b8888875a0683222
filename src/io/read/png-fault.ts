import { beforePixels, endOf, isCritical, isIntact, splitChunks } from '../formats/png-chunks.js';
import { SAMPLES_STORED, scanlineBytes, scanlineFault } from '../formats/png-scanlines.js';

/** Bits a sample by colour type: PNG specification, third edition, 11.2.1. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** PNG specification, third edition, 7.1: from 1 to 2^31 - 1. */
const isSide = (value: number): boolean => value > 0 && value < 2 ** 31;

/**
 * Why the pixels of a PNG cannot be read: it is cut short within a chunk, a chunk differs from its checksum, or its scanlines are
 * incomplete. Undefined if it is none of these.
 */
export function pngFault(bytes: Uint8Array): string | undefined {
  const chunks = splitChunks(bytes);
  const [header] = chunks;
  if (header?.type !== 'IHDR' || header.data.length !== 13) return 'a PNG begins with its header, IHDR';
  // The loader cannot skip a damaged tRNS either.
  const changed = chunks.find(chunk => (isCritical(chunk) || chunk.type === 'tRNS') && !isIntact(chunk));
  if (changed) return `its chunk ${changed.type} differs from its checksum`;
  const end = endOf(chunks);
  if (chunks.at(-1)!.type !== 'IEND' && end < bytes.length)
    return `it is cut short in the chunk at byte ${end}`;
  if (!chunks.some(({ type }) => type === 'IDAT')) return 'it has none (no chunk IDAT)';
  const view = new DataView(header.data.buffer, header.data.byteOffset, 13);
  const colourType = view.getUint8(9);
  const samples = SAMPLES_STORED[colourType];
  const fields = {
    width: view.getUint32(0),
    height: view.getUint32(4),
    bitDepth: view.getUint8(8),
    interlaced: view.getUint8(12) === 1,
  };
  if (
    !samples ||
    !DEPTHS[colourType]!.includes(fields.bitDepth) ||
    !isSide(fields.width) ||
    !isSide(fields.height)
  )
    return 'an invalid PNG header';
  if (colourType === 3 && !beforePixels(chunks).some(({ type }) => type === 'PLTE'))
    return 'its palette (PLTE) is missing';
  return scanlineFault(chunks, scanlineBytes(fields, samples));
}
