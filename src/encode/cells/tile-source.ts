import type { Raster } from '../../core/raster.js';
import { CELL, type Cells, emptyCells } from '../../tiles/cells.js';
import { ABOVE, placeOf, SIDE } from '../../tiles/model.js';
import { putColours } from './fresh-pixels.js';
import { freshPixels } from './kernels.js';

/** A picture prepared for choosing tiles, as far as possible before a quality is chosen. */
export interface TileSource {
  raster: Raster;
  /** Colours, laid out as in Tiles. Computed on first use. */
  colours(): Int32Array;
  /** By place: how many pixels of the same colour depend on the choice of this one, 1 to 64. Computed on first use. */
  weights(): Uint8Array;
  /** Cells worth trying. */
  candidates: Cells;
  /** By cell: roughly the least bits its colours take. */
  bits: Uint16Array;
}

/**
 * A cell is worth trying if at most this many of its 64 pixels have a colour that none of six earlier neighbours has, or if enough cells
 * around it are like that: it may hold dense text.
 */
const MOST_FRESH = 32;
const NEIGHBOURS = 3;
/** A picture is worth trying if at least this share of its cells is. */
const SHARE = 1 / 256;
/** A pixel in an area of one colour counts as this share of the area: what is chosen at its edge spreads inside. */
const AREA_SHARE = 1 / 4;
const MOST_WEIGHT = 64;

/**
 * What tiles need to know of a picture; undefined where it has 16 bits a sample, or hardly a cell whose colours repeat, as in photographs.
 */
export function tileSource(raster: Raster): TileSource | undefined {
  if (raster.bitDepth === 16) return undefined;
  const { width, height } = raster;
  const { candidates, bits } = repeatingCells(raster);
  const count = candidates.exact.reduce((sum, is) => sum + is, 0);
  if (count < Math.max(1, candidates.exact.length * SHARE)) return undefined;
  const stride = width + 2 * SIDE;
  let colours: Int32Array | undefined;
  let weights: Uint8Array | undefined;
  const source = {
    colours(): Int32Array {
      if (!colours) {
        colours = new Int32Array(stride * (height + ABOVE));
        for (let y = 0; y < height; y++) putColours(raster, y, colours, placeOf(0, y, stride));
      }
      return colours;
    },
    weights: (): Uint8Array => (weights ??= areaWeights(source.colours(), stride, width, height)),
  };
  return { ...source, raster, candidates, bits };
}

function repeatingCells(raster: Raster): Pick<TileSource, 'candidates' | 'bits'> {
  const { width, height } = raster;
  const cells = emptyCells(width, height);
  const { cols, exact } = cells;
  const { fresh, bits } = freshPixels(raster, cells);
  const repeating = fresh.map((count, b) => {
    const across = Math.min(CELL, width - (b % cols) * CELL);
    const down = Math.min(CELL, height - Math.floor(b / cols) * CELL);
    return count * 64 <= MOST_FRESH * across * down ? 1 : 0;
  });
  for (let b = 0; b < fresh.length; b++)
    exact[b] = repeating[b] || countAround(cells, repeating, b) >= NEIGHBOURS ? 1 : 0;
  return { candidates: cells, bits };
}

/** The number of `repeating` cells around a cell; 3 to 8 are around it. */
function countAround({ cols, rows }: Cells, repeating: Uint8Array, b: number): number {
  let count = 0;
  const x = b % cols;
  const y = Math.floor(b / cols);
  for (let j = Math.max(0, y - 1); j <= Math.min(rows - 1, y + 1); j++)
    for (let i = Math.max(0, x - 1); i <= Math.min(cols - 1, x + 1); i++)
      if (i !== x || j !== y) count += repeating[j * cols + i]!;
  return count;
}

/**
 * By pixel: its share of the connected area of one colour that it lies in. Areas are found by union-find with the neighbours west and
 * north.
 */
function areaWeights(colours: Int32Array, stride: number, width: number, height: number): Uint8Array {
  const parent: number[] = [];
  const sizes: number[] = [];
  const area = new Int32Array(colours.length);
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
    return i;
  };
  for (let y = 0; y < height; y++)
    for (let x = 0, p = placeOf(0, y, stride); x < width; x++, p++) {
      let mine = -1;
      if (x && colours[p - 1] === colours[p]) mine = root(area[p - 1]!);
      if (y && colours[p - stride] === colours[p]) {
        const north = root(area[p - stride]!);
        if (mine >= 0 && mine !== north) {
          parent[mine] = north;
          sizes[north]! += sizes[mine]!;
        }
        mine = north;
      }
      if (mine < 0) {
        mine = parent.length;
        parent.push(mine);
        sizes.push(0);
      }
      area[p] = mine;
      sizes[mine]!++;
    }
  const weights = new Uint8Array(colours.length);
  for (let y = 0; y < height; y++)
    for (let x = 0, p = placeOf(0, y, stride); x < width; x++, p++)
      weights[p] = Math.max(1, Math.min(MOST_WEIGHT, sizes[root(area[p]!)]! * AREA_SHARE));
  return weights;
}
