import { deflateSync, inflateSync } from 'node:zlib';
import { crc32 } from '../../bits/crc32.js';
import type { Metadata } from '../../decode/index.js';
import { exifResolution, isUsual, type Resolution } from '../metadata/resolution.js';

/** One chunk of a PNG: its four letters and its data. */
export interface PngChunk {
  type: string;
  data: Uint8Array;
  /** The whole chunk as in the file: length, letters, data, CRC. */
  whole: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const XMP_KEYWORD = 'XML:com.adobe.xmp';
/** Larger than any profile: keeps a small file from inflating without end. */
const MAX_PROFILE = 64 * 1024 * 1024;

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** A chunk from its letters and data. */
export function makeChunk(type: string, data: Uint8Array): PngChunk {
  const whole = Buffer.alloc(12 + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.set(latin(type), 4);
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole, 4, 8 + data.length), 8 + data.length);
  return { type, data, whole };
}

/** The chunks of a PNG, views of its bytes; stops quietly where the bytes make no sense. CRCs are not checked. */
export function splitChunks(png: Uint8Array): PngChunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= png.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > png.length) break;
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const whole = png.subarray(at, at + 12 + length);
    chunks.push({ type, data: whole.subarray(8, 8 + length), whole });
    if (type === 'IEND') break;
    at += 12 + length;
  }
  return chunks;
}

/** Where the chunks of a PNG end in its bytes. */
export const endOf = (chunks: readonly PngChunk[]): number =>
  chunks.reduce((at, { whole }) => at + whole.length, SIGNATURE.length);

/** The chunks before the pixels; all of them if there are no pixels. */
export function beforePixels(chunks: readonly PngChunk[]): readonly PngChunk[] {
  const at = chunks.findIndex(({ type }) => type === 'IDAT');
  return at < 0 ? chunks : chunks.slice(0, at);
}

/** Upper case: no reader may skip it. PNG specification, third edition, 5.4. */
export const isCritical = ({ type }: PngChunk): boolean => /^[A-Z]/.test(type);

/** Does a chunk match its checksum? */
export function isIntact({ whole }: PngChunk): boolean {
  const at = whole.length - 4;
  return new DataView(whole.buffer, whole.byteOffset).getUint32(at) === crc32(whole, 4, at);
}

const perMetre = ({ x, y }: Resolution): number[] => [x, y].map(value => Math.round(value / 0.0254));

/** Is this a positive integer as PNG has them, below 2^31? PNG specification, third edition, 7.1. */
const isPngInteger = (value: number): boolean => value >= 1 && value < 2 ** 31;

/** Colour, EXIF and XMP as PNG chunks, in an order that is allowed between IHDR and PLTE. */
function metadataChunks(metadata: Metadata): PngChunk[] {
  const chunks: PngChunk[] = [];
  if (metadata.cicp) chunks.push(makeChunk('cICP', metadata.cicp));
  // keyword, NUL, method 0, zlib stream
  if (metadata.icc)
    chunks.push(makeChunk('iCCP', Buffer.concat([latin('ICC\0\0'), deflateSync(metadata.icc)])));
  const resolution = metadata.exif && exifResolution(metadata.exif);
  const [x, y] = resolution && !isUsual(resolution) ? perMetre(resolution) : [0, 0];
  if (isPngInteger(x) && isPngInteger(y)) {
    const data = Buffer.alloc(9, 1); // its last byte: pixels a metre
    data.writeUInt32BE(x, 0);
    data.writeUInt32BE(y, 4);
    chunks.push(makeChunk('pHYs', data));
  }
  if (metadata.exif) chunks.push(makeChunk('eXIf', metadata.exif));
  // keyword, NUL, not compressed, method 0, empty language, empty translated keyword
  if (metadata.xmp)
    chunks.push(makeChunk('iTXt', Buffer.concat([latin(`${XMP_KEYWORD}\0\0\0\0\0`), metadata.xmp])));
  return chunks;
}

/**
 * The same PNG with ICC, EXIF and XMP inserted after its header, instead of any that it has. Its resolution is that of the EXIF, or none:
 * writers add one of their own.
 */
export function insertMetadata(png: Uint8Array, metadata: Metadata): Uint8Array {
  const isReplaced = ({ type, data }: PngChunk): boolean =>
    type === 'pHYs' ||
    (metadata.cicp !== undefined && type === 'cICP') ||
    (metadata.icc !== undefined && (type === 'iCCP' || type === 'sRGB')) ||
    (metadata.exif !== undefined && type === 'eXIf') ||
    (metadata.xmp !== undefined && type === 'iTXt' && startsWith(data, XMP_KEYWORD));
  const [header, ...rest] = splitChunks(png);
  return joinChunks([header!, ...metadataChunks(metadata), ...rest.filter(chunk => !isReplaced(chunk))]);
}

/** A PNG of these chunks. */
export const joinChunks = (chunks: readonly PngChunk[]): Uint8Array =>
  Buffer.concat([SIGNATURE, ...chunks.map(chunk => chunk.whole)]);

const startsWith = (data: Uint8Array, text: string): boolean =>
  Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, text.length)).toString('latin1') === text;

/** Metadata of a PNG's chunks. */
export interface PngMetadata {
  icc?: Uint8Array;
  /** Those of the chunks for it, then ImageMagick's raw profiles. */
  exifs: Uint8Array[];
  xmps: Uint8Array[];
}

/** A text of a PNG. */
export interface PngText {
  keyword: string;
  /** Is it read as EXIF or XMP? */
  isKept: boolean;
}

/** The names under which ImageMagick and others write EXIF as text. */
const RAW_EXIF = /^Raw profile type (exif|APP1)$/;

/** The keyword of a tEXt, zTXt or iTXt chunk. */
export function textOf({ type, data }: PngChunk): PngText {
  const end = data.indexOf(0);
  const keyword = Buffer.from(data.subarray(0, Math.max(end, 0))).toString('latin1');
  const isKept =
    (type === 'iTXt' && keyword === XMP_KEYWORD && internationalText(data) !== undefined) ||
    (RAW_EXIF.test(keyword) && rawProfile({ type, data }) !== undefined);
  return { keyword, isKept };
}

/** ICC, EXIF and XMP of a PNG's chunks, wherever they are; damaged ones, and those compressed in an unknown way, are left out. */
export function readMetadata(chunks: readonly Pick<PngChunk, 'type' | 'data'>[]): PngMetadata {
  const metadata: PngMetadata = { exifs: [], xmps: [] };
  const raw: Uint8Array[] = [];
  for (const { type, data } of chunks) {
    if (type === 'eXIf') metadata.exifs.push(new Uint8Array(data));
    if (type === 'iCCP') {
      const profile = inflated(data.subarray(data.indexOf(0) + 2));
      if (profile) metadata.icc ??= profile;
    }
    if (type === 'iTXt' && startsWith(data, `${XMP_KEYWORD}\0`)) {
      const xmp = internationalText(data);
      if (xmp) metadata.xmps.push(xmp);
    }
    if (/^[tz]TXt$|^tEXt$/.test(type) && startsWith(data, 'Raw profile type ')) {
      const exif = rawProfile({ type, data });
      if (exif) raw.push(exif);
    }
  }
  metadata.exifs.push(...raw);
  return metadata;
}

/** ImageMagick's raw profiles: a name, the number of bytes, then the bytes in hexadecimal. Undefined if it is not EXIF. */
function rawProfile({ type, data }: Pick<PngChunk, 'type' | 'data'>): Uint8Array | undefined {
  const end = data.indexOf(0);
  if (end < 0 || !RAW_EXIF.test(Buffer.from(data.subarray(0, end)).toString('latin1'))) return undefined;
  const text = type === 'zTXt' ? inflated(data.subarray(end + 2)) : data.subarray(end + 1);
  const [, length, digits = ''] =
    /^\s*\S+\s+(\d+)\s+([0-9a-fA-F\s]*)$/.exec(Buffer.from(text ?? []).toString('latin1')) ?? [];
  const bytes = Buffer.from(digits.replace(/\s/g, ''), 'hex');
  // APP1 may also hold XMP: EXIF has its prefix
  return bytes.length > 0 && bytes.length === Number(length) && startsWith(bytes, 'Exif\0\0')
    ? new Uint8Array(bytes)
    : undefined;
}

/** PNG 1.2, 4.2.3.3: keyword NUL, compression flag, method, language NUL, translated keyword NUL, text. */
function internationalText(data: Uint8Array): Uint8Array | undefined {
  const keywordEnd = data.indexOf(0);
  const languageEnd = data.indexOf(0, keywordEnd + 3);
  const translatedEnd = data.indexOf(0, languageEnd + 1);
  if (languageEnd < 0 || translatedEnd < 0) return undefined;
  const text = data.subarray(translatedEnd + 1);
  return data[keywordEnd + 1] === 0 ? new Uint8Array(text) : inflated(text);
}

function inflated(data: Uint8Array): Uint8Array | undefined {
  try {
    return new Uint8Array(inflateSync(data, { maxOutputLength: MAX_PROFILE }));
  } catch {
    return undefined; // a damaged profile: the caller reports that it is not kept
  }
}
