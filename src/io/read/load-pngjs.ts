import { PNG } from 'pngjs';
import { CodecError } from '../../core/errors.js';
import { checkPixels } from '../../core/limits.js';
import type { Raster, SampleCount } from '../../core/raster.js';
import { IoError } from '../errors.js';
import { joinChunks, type PngChunk, splitChunks } from '../formats/png-chunks.js';
import { SAMPLES_STORED, scanlineBytes, scanlineFault } from '../formats/png-scanlines.js';
import { transparencyOf } from '../formats/png-transparency.js';
import { pickChannels } from '../raster/pick-channels.js';
import type { Loaded, LoadPlan, LoadRequest } from './loaded.js';
import { loaderError } from './refusals.js';

// PNG 1.2, 4.1.1: colour type -> samples a pixel; 3 is a palette of RGB
const SAMPLES: Readonly<Record<number, SampleCount>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

/** The plan for a PNG from its header. Throws IoError DAMAGED and CodecError LIMIT. */
export function planWithPngjs({ bytes, name, maxPixels }: LoadRequest): LoadPlan {
  const chunks = splitChunks(bytes);
  const { width, height, bitDepth, colourType } = readHeader(chunks, name);
  checkPixels({ width, height }, maxPixels);
  const samples = SAMPLES[colourType]!;
  const keyed = samples % 2 === 1 && transparencyOf(chunks) !== undefined;
  return {
    width,
    height,
    channels: (keyed ? samples + 1 : samples) as SampleCount,
    bitDepth: bitDepth === 16 ? 16 : 8,
    converts: false,
    notes: [],
  };
}

/** Loads a PNG without sharp. Throws as `planWithPngjs`. */
export function loadWithPngjs(request: LoadRequest): Loaded {
  const { bytes, name } = request;
  const plan = planWithPngjs(request);
  const chunks = splitChunks(bytes);
  const header = readHeader(chunks, name);
  const { bitDepth, colourType } = header;
  const fault = scanlineFault(chunks, scanlineBytes(header, SAMPLES_STORED[colourType]!));
  if (fault) throw new IoError('DAMAGED', { path: name, reason: `its pixels cannot be read: ${fault}` });
  const transparency = transparencyOf(chunks);
  const taken = chunks.filter(({ type, data }) => type !== 'tRNS' || data === transparency);
  const png = taken.length < chunks.length ? joinChunks(taken) : bytes;
  let pixels: Uint8Array | Uint16Array;
  try {
    // skipRescale alone keeps 16 bits; smaller depths must be scaled to 8
    pixels = PNG.sync.read(Buffer.from(png), { skipRescale: bitDepth === 16 } as object).data;
  } catch (error) {
    throw loaderError(name, 'pixels', error);
  }
  const data = pickChannels(
    bitDepth === 16 ? Uint16Array.from(pixels) : new Uint8Array(pixels),
    4,
    plan.channels,
  );
  const { width, height, channels } = plan;
  const raster: Raster = { width, height, channels, bitDepth: plan.bitDepth, data };
  if (transparency && colourType !== 3) restoreKeyColour(raster, transparency, bitDepth);
  return { raster, plan };
}

function readHeader(chunks: readonly PngChunk[], name: string) {
  const header = chunks[0];
  if (header?.type !== 'IHDR' || header.data.length !== 13)
    throw new IoError('DAMAGED', { path: name, reason: 'no PNG header' });
  const view = new DataView(header.data.buffer, header.data.byteOffset, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [bitDepth, colourType] = [view.getUint8(8), view.getUint8(9)];
  if (width === 0 || height === 0 || SAMPLES[colourType] === undefined)
    throw new IoError('DAMAGED', { path: name, reason: 'an invalid PNG header' });
  if (width > 65_535 || height > 65_535)
    throw new CodecError('LIMIT', { field: 'side', got: Math.max(width, height), expected: 'at most 65535' });
  return { width, height, bitDepth, colourType, interlaced: view.getUint8(12) === 1 };
}

/**
 * PNG 1.2, 4.2.1.1: outside palettes, tRNS names one transparent colour. pngjs also makes such pixels black; here they get their colour
 * back.
 */
function restoreKeyColour({ channels, data }: Raster, transparency: Uint8Array, fileDepth: number): void {
  const view = new DataView(transparency.buffer, transparency.byteOffset, transparency.byteLength);
  const colours = channels - 1;
  if (view.byteLength < 2 * colours) return;
  const scale = fileDepth < 8 ? 255 / (2 ** fileDepth - 1) : 1;
  const key = Array.from({ length: colours }, (_, c) => view.getUint16(2 * c) * scale);
  for (let i = 0; i < data.length; i += channels) if (data[i + colours] === 0) data.set(key, i);
}
