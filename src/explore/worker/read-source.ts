import type { Raster, SampleCount } from '../../core/raster.js';
import { decode } from '../../decode/index.js';
import { SIGNATURE } from '../../format/signature.js';
import type { Source } from '../protocol.js';
import { fitted, shrinkageOf } from './fitted.js';

/** A picture, and the size of its source. */
export interface Read {
  raster: Raster;
  whole: { width: number; height: number };
}

/**
 * Reads a picture into a raster with as few channels as it needs; a large one smaller, unless it is wanted whole. What the browser decodes
 * has 8 bits a sample; alpha passes through its canvas, which rounds colours of nearly transparent pixels.
 */
export async function readSource(source: Source, isWhole: boolean): Promise<Read> {
  if (source.kind === 'file') return readBlob(source.blob, isWhole);
  const response = await fetch(source.url);
  // If a server cannot read a picture, it says why in one line.
  if (response.status === 422) throw new Error((await response.text()).trim());
  if (!response.ok) throw new Error(`${source.name}: ${response.status} ${response.statusText}`);
  return source.kind === 'samples'
    ? asWanted(await readSamples(response), isWhole)
    : readBlob(await response.blob(), isWhole);
}

function asWanted(raster: Raster, isWhole: boolean): Read {
  const { width, height } = raster;
  return {
    raster: fitted(raster, isWhole ? 1 : shrinkageOf(width, height)),
    whole: { width, height },
  };
}

/** A raster as sent, little-endian, with its shape in a header. */
async function readSamples(response: Response): Promise<Raster> {
  const shape = JSON.parse(response.headers.get('Lowrank-Raster')!) as Omit<Raster, 'data'>;
  const buffer = await response.arrayBuffer();
  return { ...shape, data: shape.bitDepth === 16 ? new Uint16Array(buffer) : new Uint8Array(buffer) };
}

async function readBlob(blob: Blob, isWhole: boolean): Promise<Read> {
  // No picture that browsers read begins with this byte; both forms of an .lrk file do.
  const [first] = new Uint8Array(await blob.slice(0, 1).arrayBuffer());
  if (first === SIGNATURE[0]) {
    const { rank: _rank, ...raster } = decode(new Uint8Array(await blob.arrayBuffer()), { channels: 'file' });
    return asWanted(raster, isWhole);
  }
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none' }).catch(() => {
    throw new Error('This browser cannot read that file as a picture.');
  });
  const whole = { width: bitmap.width, height: bitmap.height };
  const by = isWhole ? 1 : shrinkageOf(whole.width, whole.height);
  const width = Math.ceil(whole.width / by);
  const height = Math.ceil(whole.height / by);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return { raster: withFewestChannels(width, height, context.getImageData(0, 0, width, height).data), whole };
}

/** RGBA reduced to the channels it needs: without alpha that is opaque, and with one grey instead of three equal colours. */
function withFewestChannels(width: number, height: number, rgba: Uint8ClampedArray): Raster {
  let isGrey = true;
  let isOpaque = true;
  for (let i = 0; i < rgba.length && (isGrey || isOpaque); i += 4) {
    if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) isGrey = false;
    if (rgba[i + 3] !== 255) isOpaque = false;
  }
  const kept = [0, ...(isGrey ? [] : [1, 2]), ...(isOpaque ? [] : [3])];
  const channels = kept.length as SampleCount;
  if (channels === 4) return { width, height, channels, bitDepth: 8, data: rgba };
  const data = new Uint8Array(width * height * channels);
  for (let from = 0, to = 0; from < rgba.length; from += 4)
    for (const k of kept) data[to++] = rgba[from + k]!;
  return { width, height, channels, bitDepth: 8, data };
}
