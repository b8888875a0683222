import { InvalidArgumentError } from 'commander';
import { MAX_SIDE } from '../core/limits.js';
import type { Region } from '../decode/region.js';
import { RANGES } from '../encode/options.js';
import { parseNumber } from './numbers.js';

/** A parser of lists 'a,b,c' of known names; `none` means an empty list, if that is allowed. */
export const parseNames =
  <T extends string>(known: readonly T[], allowsNone = false) =>
  (text: string): T[] => {
    if (allowsNone && text === 'none') return [];
    const names = text.split(',').map(name => name.trim());
    if (names.every((name): name is T => (known as readonly string[]).includes(name))) return names;
    throw new InvalidArgumentError(
      `Expected one or more of ${known.join(',')}${allowsNone ? ', or none' : ''}.`,
    );
  };

/** '1,2,4' -> [1, 2, 4]: integers from 1 to 65,535. */
export const parseRanks = (text: string): number[] => text.split(',').map(parseNumber(...RANGES.rank, true));

/** A region of pixels, "x,y,width,height". */
export function parseRegion(text: string): Region {
  const [x, y, width, height, ...more] = text.split(',').map(parseNumber(0, MAX_SIDE, true));
  if (height === undefined || !width || !height || more.length)
    throw new InvalidArgumentError('It must be x,y,width,height, in pixels.');
  return { x: x!, y: y!, width, height };
}
