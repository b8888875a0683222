import { beforePixels, type PngChunk } from './png-chunks.js';

/** Bytes of a transparent colour by colour type; a palette has a byte a colour. PNG specification, third edition, 11.3.1.1. */
const KEY: Readonly<Record<number, number>> = { 0: 2, 2: 6 };
const PALETTE = 3;

/**
 * The content of a PNG's tRNS where decoders accept it: before the pixels, after the palette, and as long as the colours need. The first
 * one counts.
 */
export function transparencyOf(chunks: readonly PngChunk[]): Uint8Array | undefined {
  const colourType = chunks[0]?.type === 'IHDR' ? chunks[0].data[9] : undefined;
  const before = beforePixels(chunks);
  const at = before.findIndex(({ type }) => type === 'tRNS');
  const found = before[at]?.data;
  if (!found || colourType === undefined) return undefined;
  if (colourType !== PALETTE) return found.length === KEY[colourType] ? found : undefined;
  const palette = before.slice(0, at).find(({ type }) => type === 'PLTE');
  return palette && found.length > 0 && 3 * found.length <= palette.data.length ? found : undefined;
}
