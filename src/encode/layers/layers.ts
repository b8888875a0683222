import { colourBasis } from '../../colour/basis.js';
import type { Plane } from '../../core/plane.js';
import { peakOf } from '../../core/raster.js';
import { psnrOf } from '../../metrics/psnr.js';
import type { Factors } from '../../planes/factors.js';
import { recompose } from '../../planes/recompose.js';
import type { Step } from '../../planes/schedule.js';
import { thumbnail } from '../../planes/thumbnail.js';
import type { Tiles } from '../../tiles/model.js';
import type { Analysis } from '../analyse.js';
import { LAYER_WORK } from '../work.js';
import { errorsOf } from './errors-of.js';

/** A layer is at least this share of the stream, and so many bytes. */
const SHARE = 1 / 16;
const LEAST = 48;

/** A layer to be. */
export interface Draft {
  /** Steps up to its end. */
  steps: number;
  /** Bytes up to its end of what each coder has written. */
  ends: number[];
  /** See Layer. */
  psnr: number;
}

/**
 * Which steps end a layer: the first when every channel has begun, then as often as the bytes allow, the last, and those that complete a smaller picture: `sizes` are the numbers of steps
 * that these need. `ends` holds the bytes of each coder after each step, `streams` all that they have written. Their PSNR is still to be measured.
 */
export function chooseLayers(
  channels: number,
  ends: readonly (readonly number[])[],
  streams: readonly Uint8Array[],
  sizes: readonly number[] = [],
): Draft[] {
  const total = streams.reduce((sum, { length }) => sum + length, 0);
  const least = Math.max(LEAST, total * SHARE);
  const layers: Draft[] = [];
  let bytes = 0;
  for (let n = channels - 1; n < ends.length; n++) {
    const last = n === ends.length - 1;
    const here = streams.map(({ length }, c) => (last ? length : Math.min(ends[n]![c]!, length)));
    const end = here.reduce((sum, bytes) => sum + bytes, 0);
    const enough = sizes.includes(n + 1) ? LEAST : least;
    if (!last && ((layers.length > 0 && end - bytes < enough) || total - end < enough)) continue;
    layers.push({ steps: n + 1, ends: here, psnr: 0 });
    bytes = end;
  }
  return layers;
}

/** Decodes every layer but the last, each from the one before it, and puts its PSNR into it. */
export function measureLayers(
  analysis: Pick<Analysis, 'raster' | 'colour' | 'weights' | 'bases' | 'work'>,
  factors: Factors,
  steps: Step[],
  layers: Draft[],
  step: number,
  tiles?: Tiles,
): void {
  const { raster } = analysis;
  const ranks = factors.channels.map(() => 1);
  const thumbRanks = factors.channels.map(() => 0);
  const planes: Plane[] = [];
  const basis = colourBasis(analysis.colour, analysis.weights);
  let painted: Tiles | undefined;
  let from = 0;
  for (const layer of layers.slice(0, -1)) {
    analysis.work?.(LAYER_WORK);
    const changed = new Set<number>(from ? [] : factors.channels.keys());
    for (const { channel, thumb, planes: added, tiles: now } of steps.slice(from, layer.steps)) {
      if (now) painted = tiles;
      (thumb ? thumbRanks : ranks)[channel]! += added.length;
      changed.add(channel);
    }
    from = layer.steps;
    for (const c of changed) {
      const of = factors.channels[c]!;
      thumbnail(of, factors.thumbs[c]!, of, thumbRanks[c]);
      planes[c] = recompose(of, step / 2, ranks[c]!, analysis.bases[c]);
    }
    layer.psnr = psnrOf(errorsOf(raster, planes, basis, painted).colour, peakOf(raster.bitDepth));
  }
}

/**
 * The layers of which each is at least as good as all before it: one that is not goes into the next, and those better than the last into the
 * last. It happens where blocks reach past the edge of a small picture, or samples are clamped.
 */
export function joinFalling(layers: Draft[]): Draft[] {
  const last = layers.at(-1)!;
  const kept: Draft[] = [];
  for (const layer of layers)
    if (layer === last || (layer.psnr <= last.psnr && layer.psnr >= (kept.at(-1)?.psnr ?? 0)))
      kept.push(layer);
  return kept;
}
