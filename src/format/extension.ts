import type { Metadata } from './metadata.js';

/** Further bytes that a file carries. The header has their types and lengths. */
export interface Extension {
  /**
   * 0 to 255. Even ones come before the coded data, since they are needed to show it, odd ones after it. A decoder that does not know a
   * type must refuse the file if the type is CRITICAL or above; otherwise it skips it.
   */
  type: number;
  length: number;
  /** The bytes of it that are here. */
  bytes: Uint8Array;
}

/** From this type on a file cannot be shown without it. */
export const CRITICAL = 128;
export const TYPE_BITS = 8;

/** The meaning of types 0 to 3. */
export const METADATA = ['icc', 'exif', 'cicp', 'xmp'] as const;

/** Metadata as extensions, without empty ones. */
export const extensionsOf = (metadata: Metadata): Extension[] =>
  METADATA.flatMap((field, type) => {
    const bytes = metadata[field];
    return bytes?.length ? [{ type, length: bytes.length, bytes }] : [];
  });
