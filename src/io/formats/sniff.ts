import { COMPACT_SIGNATURE, SIGNATURE } from '../../format/signature.js';
import { utf8Xml } from './svg-text.js';

/** Formats told apart by their first bytes. */
export type SniffedFormat = 'png' | 'jpeg' | 'webp' | 'avif' | 'heif' | 'tiff' | 'gif' | 'svg';

/** How many bytes of a file `sniff` needs: an SVG can have a licence and many entities before its first tag. */
export const SNIFF_BYTES = 65_536;

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));

function isSvg(bytes: Uint8Array): boolean {
  const head = utf8Xml(bytes.subarray(0, SNIFF_BYTES));
  if (head.includes(0)) return false;
  const text = new TextDecoder()
    .decode(head)
    .replace(/^\uFEFF/, '')
    .trimStart();
  return text.startsWith('<') && /<(?:\w+:)?svg[\s>]/.test(text);
}

/** The brands of an ISO base media file, if it is a still picture: avif, or another HEIF. */
function ofBrands(bytes: Uint8Array): 'avif' | 'heif' | undefined {
  if (latin(bytes, 4, 8) !== 'ftyp') return undefined;
  const size = Math.min((bytes[2] ?? 0) * 256 + (bytes[3] ?? 0), 256);
  const brands = latin(bytes, 8, size);
  if (/avi[fs]/.test(brands)) return 'avif';
  return /hei[cxfms]|hev[cx]|mif1|msf1/.test(brands) ? 'heif' : undefined;
}

/** The image format that the first bytes of a file show, whatever its name; undefined if none of ours. */
export function sniff(bytes: Uint8Array): SniffedFormat | undefined {
  const start = latin(bytes, 0, 12);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (/^GIF8[79]a/.test(start)) return 'gif';
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'webp';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(start.slice(0, 4))) return 'tiff';
  return ofBrands(bytes) ?? (isSvg(bytes) ? 'svg' : undefined);
}

/** Do the bytes start as an .lrk file does, plain or compact? */
export const isLrk = (bytes: Uint8Array): boolean =>
  [SIGNATURE, COMPACT_SIGNATURE].some(signature => signature.every((byte, i) => bytes[i] === byte));
