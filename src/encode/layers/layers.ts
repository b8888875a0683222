import { colourBasis } from '../../colour/basis.js';
import type { Plane } from '../../core/plane.js';
import { peakOf } from '../../core/raster.js';
import { giveBack } from '../../core/spare.js';
import { psnrOf } from '../../metrics/psnr.js';
import type { Factors } from '../../planes/factors.js';
import { recompose } from '../../planes/kernels.js';
import type { Step } from '../../planes/schedule.js';
import { thumbnail } from '../../planes/thumbnail.js';
import type { Tiles } from '../../tiles/model.js';
import type { Analysis } from '../analyse.js';
import { LAYER_WORK } from '../work.js';
import { errorsOf } from './errors-of.js';
import { noRanks, takeLayer } from './take-layer.js';

/**
 * A layer is at least this share of the stream, this many times the square root of its bytes, and this many bytes. Each costs about five
 * bytes of header, which matters in a small file.
 */
const SHARE = 1 / 16;
const ROOTS = 16;
const LEAST = 48;

/** A layer in the making. */
export interface Draft {
  /** Number of steps up to its end. */
  steps: number;
  /** Bytes that each coder has written up to its end. */
  ends: number[];
  /** See Layer. */
  psnr: number;
}

/**
 * Chooses which steps end a layer: the first step at which every channel has begun, those that complete a smaller picture, the last, and
 * between them as many as the bytes allow. `sizes` are the numbers of steps that the smaller pictures need, rising; `ends` the bytes of
 * each coder after each step; `streams` all that they have written. The PSNR is still to be measured.
 */
export function chooseLayers(
  channels: number,
  ends: readonly (readonly number[])[],
  streams: readonly Uint8Array[],
  sizes: readonly number[] = [],
): Draft[] {
  const last = ends.length - 1;
  const upTo = (n: number) =>
    streams.map(({ length }, c) => (n === last ? length : Math.min(ends[n]![c]!, length)));
  const sum = (bytes: readonly number[]) => bytes.reduce((sum, bytes) => sum + bytes, 0);
  const total = sum(upTo(last));
  const least = Math.max(LEAST, total * SHARE, ROOTS * Math.sqrt(total));
  const layers: Draft[] = [];
  let bytes = 0;
  for (let n = channels - 1; n <= last; n++) {
    const here = upTo(n);
    const end = sum(here);
    const due = (sizes.find(steps => steps > n) ?? ends.length) - 1;
    const enough = n === due ? LEAST : least;
    const left = sum(upTo(n === due ? last : due)) - end;
    if (n < last && ((layers.length > 0 && end - bytes < enough) || left < enough)) continue;
    layers.push({ steps: n + 1, ends: here, psnr: 0 });
    bytes = end;
  }
  return layers;
}

/** Decodes every layer but the last, each from the one before it, and sets its PSNR. Only channels that a layer changes are recomposed. */
export function measureLayers(
  analysis: Pick<Analysis, 'raster' | 'colour' | 'weights' | 'bases' | 'work'>,
  factors: Factors,
  steps: Step[],
  layers: Draft[],
  step: number,
  tiles?: Tiles,
): void {
  const { raster } = analysis;
  const ranks = noRanks(factors.channels.length);
  const planes: Plane[] = [];
  const basis = colourBasis(analysis.colour, analysis.weights);
  let painted: Tiles | undefined;
  let from = 0;
  for (const layer of layers.slice(0, -1)) {
    analysis.work?.(LAYER_WORK);
    const added = steps.slice(from, layer.steps);
    const { changed, settled } = takeLayer(ranks, added, from === 0);
    if (added.some(step => step.tiles)) painted = tiles;
    from = layer.steps;
    for (const c of changed) {
      const factor = factors.channels[c]!;
      if (settled.has(c)) thumbnail(factor, factors.thumbs[c]!, factor, ranks.levels[c]);
      if (planes[c]) giveBack(planes[c]);
      planes[c] = recompose(factor, step / 2, ranks.channels[c]!, analysis.bases[c]);
    }
    layer.psnr = psnrOf(errorsOf(raster, planes, basis, painted).colour, peakOf(raster.bitDepth));
  }
  giveBack(...planes);
}

/**
 * Merges layers until each is at least as good as all before it: a layer that is not joins the next, and those better than the last join
 * the last. It happens where blocks reach past the edge of a small picture, or samples are clamped.
 */
export function joinFalling(layers: Draft[]): Draft[] {
  const last = layers.at(-1)!;
  const kept: Draft[] = [];
  for (const layer of layers)
    if (layer === last || (layer.psnr <= last.psnr && layer.psnr >= (kept.at(-1)?.psnr ?? 0)))
      kept.push(layer);
  return kept;
}
