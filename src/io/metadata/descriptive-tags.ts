import { exifName } from './exif-names.js';

/** Title, camera, time, author, and the like. */
const NAMED = new Set([
  270, 271, 272, 305, 306, 315, 316, 18_246, 18_249, 33_432, 40_091, 40_092, 40_093, 40_094, 40_095,
]);
const OF_EXIF = [33_434, 42_240] as const;
/** Within the range of EXIF's own tags, but not of EXIF: IPTC, settings of Photoshop, ICC. */
const NOT_OF_EXIF = new Set([33_723, 34_377, 34_675]);

/** Does a tag of the first directory of a TIFF or of EXIF describe the picture, rather than how its pixels are stored? */
export const isDescriptive = (tag: number): boolean =>
  NAMED.has(tag) ||
  (tag >= OF_EXIF[0] && tag <= OF_EXIF[1] && !NOT_OF_EXIF.has(tag) && !exifName(tag).startsWith('tag '));
