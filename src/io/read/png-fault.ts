import { crc32 } from '../../bits/crc32.js';
import { type PngChunk, splitChunks } from '../formats/png-chunks.js';
import { SAMPLES_STORED, scanlineBytes, scanlineFault } from '../formats/png-scanlines.js';

/** Why the pixels of a PNG cannot be read: its chunks break off, one differs from its checksum, its scanlines are not whole. Undefined where none of these is so. */
export function pngFault(bytes: Uint8Array): string | undefined {
  const chunks = splitChunks(bytes);
  const [header] = chunks;
  if (header?.type !== 'IHDR' || header.data.length !== 13) return 'a PNG begins with its header, IHDR';
  const changed = chunks.find(chunk => isCritical(chunk) && !isWhole(chunk));
  if (changed) return `its chunk ${changed.type} differs from its checksum`;
  const end = chunks.reduce((at, { whole }) => at + whole.length, 8);
  if (chunks.at(-1)!.type !== 'IEND' && end < bytes.length)
    return `it breaks off in the chunk at byte ${end}`;
  if (!chunks.some(({ type }) => type === 'IDAT')) return 'it has none (no chunk IDAT)';
  const view = new DataView(header.data.buffer, header.data.byteOffset, 13);
  const samples = SAMPLES_STORED[view.getUint8(9)];
  if (!samples) return undefined;
  const fields = {
    width: view.getUint32(0),
    height: view.getUint32(4),
    bitDepth: view.getUint8(8),
    interlaced: view.getUint8(12) === 1,
  };
  return scanlineFault(chunks, scanlineBytes(fields, samples));
}

/** Upper case: no reader may pass it over, PNG specification, third edition, 5.4. Nor can the loader pass over the transparency. */
const isCritical = ({ type }: PngChunk): boolean => /^[A-Z]/.test(type) || type === 'tRNS';

function isWhole({ whole }: PngChunk): boolean {
  const at = whole.length - 4;
  return new DataView(whole.buffer, whole.byteOffset).getUint32(at) === crc32(whole, 4, at);
}
