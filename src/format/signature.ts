/** First bytes of a file: "x LR" with the multiplication sign of ISO 8859-1, U V^T being a product. */
export const SIGNATURE = Uint8Array.of(0xd7, 0x4c, 0x52);
/** First bytes of the compact form: no index, no checksums, for placeholders. Far from SIGNATURE in every bit pattern. */
export const COMPACT_SIGNATURE = Uint8Array.of(0xd7, 0x73);

/** The version this code writes and reads. */
export const VERSION = 1;
export const VERSION_BITS = 4;

/** Bytes of the checksum that ends a whole file. */
export const TRAILER_BYTES = 4;
