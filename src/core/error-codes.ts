/** What can go wrong, as a frozen list: a code never changes its meaning and is never reused. */
export const ERROR_CODES = Object.freeze([
  'EMPTY', // no bytes at all
  'NOT_LRK', // the signature is not that of an .lrk file
  'VERSION', // a version this decoder does not know
  'TRUNCATED', // the bytes end before the first layer does
  'CORRUPT', // a value that no encoder writes: reserved bit, padding, checksum, impossible field
  'LIMIT', // the picture is larger than the limit in force
  'OPTION', // an option of the call is not what the call takes
  'RASTER', // the raster's data do not fit its dimensions
  'TARGET', // the target (bytes, PSNR) cannot be met by this picture
  'ABORTED', // the caller's signal asked to stop
] as const);

export type ErrorCode = (typeof ERROR_CODES)[number];
