import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, inspect } from 'lowrank';

/** 'exact' where every sample is as it was, 'unsaid' where the file does not say. */
type Decibels = number | 'exact' | 'unsaid';

/** What is known of a sample's file: the table changes only where a format or an encoder is meant to change. */
export interface Golden {
  bytes: number;
  /** Of the file. */
  sha256: string;
  psnr: Decibels;
  /** Of the compact form, which has none: the whole. */
  layers: {
    rank: number;
    /** Where it ends. */
    bytes: number;
    psnr: Decibels;
    /** SHA-256 of the samples decoded from the prefix that ends here: interleaved, 16-bit ones little-endian. */
    pixels: string;
  }[];
}

export const SAMPLES = join(import.meta.dirname, '../../samples');
export const TABLE = join(import.meta.dirname, 'golden.json');

/** The sample pictures, without '.png', in order. */
export const sampleNames = (): string[] =>
  readdirSync(SAMPLES)
    .filter(file => file.endsWith('.png'))
    .map(file => file.slice(0, -'.png'.length))
    .sort();

export const readSample = (name: string): Uint8Array => readFileSync(join(SAMPLES, `${name}.lrk`));
export const variantPath = (name: string): string => join(import.meta.dirname, `${name}.lrk`);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const decibels = (psnr: number): Decibels =>
  psnr === Number.POSITIVE_INFINITY ? 'exact' : Number.isNaN(psnr) ? 'unsaid' : psnr;

/** SHA-256 of the samples of a picture. */
export function hashPixels(bytes: Uint8Array): string {
  const { data } = decode(bytes, { channels: 'file' });
  return sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

export function describeFile(bytes: Uint8Array): Golden {
  const { psnr, rank, layers } = inspect(bytes);
  const whole = { rank, bytes: bytes.length, psnr };
  return {
    bytes: bytes.length,
    sha256: sha256(bytes),
    psnr: decibels(psnr),
    layers: (layers.length ? layers : [whole]).map(layer => ({
      ...layer,
      psnr: decibels(layer.psnr),
      pixels: hashPixels(bytes.subarray(0, layer.bytes)),
    })),
  };
}
