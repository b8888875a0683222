import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'lowrank';

/** 'exact' if every sample is unchanged, 'unsaid' if the file does not say. */
type Decibels = number | 'exact' | 'unsaid';

/** Description of a sample's file: the table changes only when a format or an encoder is meant to change. */
export interface Golden {
  bytes: number;
  /** SHA-256 of the file. */
  sha256: string;
  psnr: Decibels;
  /** Not for the compact form. For what they decode to see suite.json. */
  layers: {
    rank: number;
    /** The byte offset of its end. */
    bytes: number;
    psnr: Decibels;
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

export function describeFile(bytes: Uint8Array): Golden {
  const { psnr, layers } = inspect(bytes);
  return {
    bytes: bytes.length,
    sha256: sha256(bytes),
    psnr: decibels(psnr),
    layers: layers.map(layer => ({ ...layer, psnr: decibels(layer.psnr) })),
  };
}
