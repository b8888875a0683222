import { CodecError } from '../core/errors.js';
import { TARGETS } from '../encode/options.js';
import type { PictureOptions } from './options.js';

/** One import of a picture. */
export interface PictureRequest {
  /** Path of the picture. */
  file: string;
  options: PictureOptions;
}

/** A numeric value from a query; the code that takes it reports wrong values, by the option's name. */
const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
const flag = (text: string): boolean => text !== 'false';

const READERS: { [name in keyof PictureOptions]-?: (text: string) => unknown } = {
  quality: number,
  psnr: number,
  size: number,
  bpp: number,
  rank: number,
  effort: number,
  layout: String,
  basis: String,
  tune: String,
  order: String,
  strip: flag,
  placeholder: text => (text === 'false' ? false : number(text)),
  fallback: flag,
};

/** Words that bundlers add to a query for themselves. */
const FOREIGN = new Set(['lowrank', 'import', 'url', 't', 'v']);

/** Does the query of this id contain the word `lowrank`, so that the picture is one of ours? */
export const PICTURE_ID: RegExp = /\?(?:[^#]*&)?lowrank(?=[&=#]|$)/;

/**
 * Reads the id of a module: 'hero.png?lowrank&psnr=38'. Undefined where it asks for nothing of ours. A target in the query takes the place of any
 * in `defaults`. Throws OPTION for a name that is none; values are checked by the encoder.
 */
export function readRequest(id: string, defaults: PictureOptions = {}): PictureRequest | undefined {
  if (!PICTURE_ID.test(id)) return undefined;
  const at = id.indexOf('?');
  const query = [...new URLSearchParams(id.slice(at + 1).replace(/#.*$/, ''))].filter(
    ([name]) => !FOREIGN.has(name),
  );
  const options: Record<string, unknown> = { ...defaults };
  if (query.some(([name]) => isTarget(name))) for (const name of TARGETS) delete options[name];
  for (const [name, text] of query) {
    const read = Object.hasOwn(READERS, name) ? READERS[name as keyof PictureOptions] : undefined;
    if (!read)
      throw new CodecError('OPTION', {
        field: 'query',
        got: name,
        expected: Object.keys(READERS).join(', '),
      });
    options[name] = read(text);
  }
  return { file: id.slice(0, at), options };
}

const isTarget = (name: string): boolean => (TARGETS as readonly string[]).includes(name);
