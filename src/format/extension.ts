import type { Metadata } from './metadata.js';

/** Bytes that a file carries beside what is coded. The header has their types and lengths. */
export interface Extension {
  /**
   * 0 to 255. Even ones stand before what is coded, as they are needed to show it, odd ones behind it. From CRITICAL on a decoder that does not know it must
   * refuse the file; any other it passes over.
   */
  type: number;
  length: number;
  /** As many of them as are here. */
  bytes: Uint8Array;
}

/** The first type without which a file cannot be shown. */
export const CRITICAL = 128;
export const TYPE_BITS = 8;

/** What extensions of types 0 to 3 are. */
export const METADATA = ['icc', 'exif', 'cicp', 'xmp'] as const;

/** Metadata as extensions; what is empty is none. */
export const extensionsOf = (metadata: Metadata): Extension[] =>
  METADATA.flatMap((field, type) => {
    const bytes = metadata[field];
    return bytes?.length ? [{ type, length: bytes.length, bytes }] : [];
  });
