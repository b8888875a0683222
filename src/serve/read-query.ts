import { MAX_SIDE } from '../core/limits.js';

/** What a query asks for: a size on the screen, in pixels, or a scale. */
export interface Query {
  width: number;
  height: number;
  scale?: 1 | 2 | 4 | 8;
}

/**
 * Reads `width`, `height` and `scale` of a query; 0 stands for any size. Returns a sentence if they make no sense; other fields are
 * ignored.
 */
export function readQuery(query: URLSearchParams): Query | string {
  const size = (field: 'width' | 'height'): number => {
    const text = query.get(field);
    if (text === null) return 0;
    return /^[0-9]{1,5}$/.test(text) && +text > 0 && +text <= MAX_SIDE ? +text : Number.NaN;
  };
  const [width, height] = [size('width'), size('height')];
  if (Number.isNaN(width)) return `width must be 1 to ${MAX_SIDE}`;
  if (Number.isNaN(height)) return `height must be 1 to ${MAX_SIDE}`;
  const scale = query.get('scale');
  if (scale === null) return { width, height };
  if (!['1', '2', '4', '8'].includes(scale)) return 'scale must be 1, 2, 4 or 8';
  if (width || height) return 'scale stands in the place of width and height';
  return { width, height, scale: +scale as 1 | 2 | 4 | 8 };
}
