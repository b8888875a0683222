import { toChannels } from '../colour/analysis-kernels.js';
import { colourBasis } from '../colour/basis.js';
import { designColourBasis } from '../colour/design.js';
import type { Plane } from '../core/plane.js';
import { colourCount, type Raster } from '../core/raster.js';
import { turned } from '../factors/design.js';
import { type Basis, turnsPlane0 } from '../factors/rotation.js';
import { analyse } from '../matrices/analyse.js';
import { type Grid, gridOf } from '../matrices/blocks.js';
import type { Weights } from '../planes/weights.js';
import type { Tiles } from '../tiles/model.js';
import { type TileSource, tileSource } from './cells/tile-source.js';
import type { Work } from './work.js';

/** A picture taken apart as far as possible before a quality is chosen: each channel's U on the DCT basis, and that of its plane 0. */
export interface Analysis {
  raster: Raster;
  colour: [number, number, number];
  /** The eye's measure; undefined where all errors count alike. */
  weights?: Weights | undefined;
  /** The colour channels themselves, without alpha. */
  originals: Plane[];
  /** Blocks of 8 of a channel, and blocks of 4 of its plane 0. */
  grid: Grid;
  thumbGrid: Grid;
  /** V and predictors of each channel; undefined stands for the DCT basis without predictors. */
  bases: (Basis | undefined)[];
  /** Data for exact cells; undefined where none are worth trying. */
  source: TileSource | undefined;
  /** The exact cells chosen; the blocks behind them are then empty. */
  tiles?: Tiles;
  /** X V by channel: element k of block b at b * 64 + k, in units of 1 / 255 of the peak. */
  channels: Float32Array[];
  /** By channel: element k of block b of plane 0's level at b * 16 + k. */
  thumbs: Float32Array[];
  /** Called as coding goes on. */
  work?: Work;
}

/** How a picture is taken apart. */
export interface AnalyseOptions extends Partial<Pick<Analysis, 'colour' | 'weights'>> {
  /** Also prepare exact cells. Default false. */
  tiles?: boolean;
}

/** Raster -> channels -> matrices. `colour` defaults to the colour basis designed for this picture. */
export function analysePicture(
  raster: Raster,
  {
    tiles,
    weights,
    colour = raster.channels >= 3 ? designColourBasis(raster) : [0, 0, 0],
  }: AnalyseOptions = {},
): Analysis {
  const grid = gridOf(raster.width, raster.height, 8);
  const thumbGrid = gridOf(grid.cols, grid.rows, 4);
  const planes = toChannels(raster, colourBasis(colour, weights));
  const channels = planes.map(channel => analyse(channel, grid));
  const originals = planes.slice(0, colourCount(raster.channels));
  const bases = channels.map(() => undefined);
  return {
    raster,
    colour,
    weights,
    originals,
    grid,
    thumbGrid,
    bases,
    source: tiles ? tileSource(raster) : undefined,
    channels,
    thumbs: thumbsOf(channels, grid, thumbGrid),
  };
}

/** The same picture on other bases. `analysis` must be on the DCT basis; the given bases rotate it from there. */
export function onBases(analysis: Analysis, bases: (Basis | undefined)[]): Analysis {
  const channels = analysis.channels.map((u, c) => (bases[c] ? turned(u, bases[c]) : u));
  const thumbs = bases.some(basis => basis && turnsPlane0(basis))
    ? thumbsOf(channels, analysis.grid, analysis.thumbGrid)
    : analysis.thumbs;
  return { ...analysis, bases, channels, thumbs };
}

/** Plane 0 of each channel, factored again. */
export function thumbsOf(channels: Float32Array[], grid: Grid, thumbGrid: Grid): Float32Array[] {
  return channels.map(u => {
    const data = new Float32Array(grid.cols * grid.rows);
    for (let b = 0; b < data.length; b++) data[b] = u[b * 64]!;
    return analyse({ width: grid.cols, height: grid.rows, data }, thumbGrid);
  });
}
