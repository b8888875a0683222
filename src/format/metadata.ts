/** Colour profile and descriptions, as in the source. */
export interface Metadata {
  icc?: Uint8Array;
  /**
   * Colour as code points of ITU-T H.273, four bytes as in PNG's cICP chunk: primaries, transfer, matrix, full range. It overrides an ICC
   * profile. Samples are full-range RGB, so that the last two are 0 and 1.
   */
  cicp?: Uint8Array;
  exif?: Uint8Array;
  xmp?: Uint8Array;
}
