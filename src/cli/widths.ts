import { InvalidArgumentError } from 'commander';
import { MAX_SIDE } from '../core/limits.js';
import type { Resize } from '../io/index.js';
import { parseNumber } from './numbers.js';

const parseSide = parseNumber(1, MAX_SIDE, true);

/** '1280x720', '1280x' or 'x720' -> the box that a picture must fit into, in pixels. */
export function parseBox(text: string): Resize {
  const match = /^(\d*)x(\d*)$/i.exec(text.trim());
  const [width, height] = [match?.[1], match?.[2]];
  if (!width && !height) throw new InvalidArgumentError('Expected a box such as 1280x720, 1280x or x720.');
  return { ...(width && { width: parseSide(width) }), ...(height && { height: parseSide(height) }) };
}

/** '640,1280' -> widths, each once, in order. */
export const parseWidths = (text: string): number[] =>
  [...new Set(text.split(',').map(parseSide))].sort((a, b) => a - b);
