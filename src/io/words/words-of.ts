import type { SniffedFormat } from '../formats/sniff.js';
import type { FileWords } from './file-words.js';
import { gifWords } from './gif-words.js';
import { heifWords } from './heif-words.js';
import { jpegWords } from './jpeg-words.js';
import { pngWords } from './png-words.js';
import { svgWords } from './svg-words.js';
import { tiffWords } from './tiff-words.js';
import { webpWords } from './webp-words.js';

const READERS: Readonly<Record<SniffedFormat, (bytes: Uint8Array, page?: number) => FileWords>> = {
  png: pngWords,
  jpeg: jpegWords,
  webp: webpWords,
  avif: heifWords,
  heif: heifWords,
  tiff: tiffWords,
  gif: gifWords,
  svg: svgWords,
};

/** What a file of a known format says of itself; of a TIFF, what the page says (from 0 on). */
export const wordsOf = (format: SniffedFormat, bytes: Uint8Array, page = 0): FileWords =>
  READERS[format](bytes, page);
