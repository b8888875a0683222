import { printable } from './printable.js';

/** Colour spaces of pictures' profiles, as in ICC.1:2022, table 19. */
export type ProfileSpace = 'RGB ' | 'GRAY' | 'CMYK' | 'Lab ';

const HEADER = 128;
/** Classes that give meaning to colours: scanners, displays, printers and colour spaces (ICC.1:2022, table 18). */
const CLASSES = ['scnr', 'mntr', 'prtr', 'spac'];

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Why an ICC profile does not fit pixels of this colour space; undefined if it does. ICC.1:2022, 7.2. */
export function profileFault(icc: Uint8Array, space: ProfileSpace): string | undefined {
  if (icc.length < HEADER + 4 || latin(icc, 36, 40) !== 'acsp') return 'is damaged';
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  const tags = view.getUint32(HEADER);
  if (view.getUint32(0) > icc.length || HEADER + 4 + 12 * tags > icc.length || tags === 0)
    return 'is damaged';
  const kind = latin(icc, 12, 16);
  if (!CLASSES.includes(kind)) return `is of class ${printable(kind)}, which says nothing about pixels`;
  const profileSpace = latin(icc, 16, 20);
  return profileSpace === space
    ? undefined
    : `is for ${printable(profileSpace.trim()) || 'no colours'}, not for ${space.trim()}`;
}
