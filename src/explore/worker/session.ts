import { colourBasis } from '../../colour/basis.js';
import type { Plane } from '../../core/plane.js';
import { peakOf, type Raster } from '../../core/raster.js';
import { errorsOf } from '../../encode/layers/errors-of.js';
import { encode } from '../../index.js';
import { psnrOf } from '../../metrics/psnr.js';
import { carried } from '../../spectra/carried.js';
import { paint } from '../../spectra/compose.js';
import { dissect } from '../../spectra/dissect.js';
import type { Dissection, Factored } from '../../spectra/dissection.js';
import { factorPicture } from '../../spectra/factor-picture.js';
import { recode } from '../../spectra/recode.js';
import type { AtomPictures, Calls, Notice, Parts, Pixels, Wanted } from '../protocol.js';
import { atomCards } from './atom-cards.js';
import { blockDetails } from './block-details.js';
import { clipParts } from './clip-parts.js';
import { type Composer, composer } from './composer.js';
import { difference, toPixels } from './pixels.js';
import { readSource } from './read-source.js';
import { rowProfile } from './row-profile.js';
import { type Summary, summariseFactors, summariseFile } from './summary.js';

/** An open picture and its factors. */
interface Picture {
  raster: Raster;
  original: Pixels;
}
interface Factors {
  from: Factored;
  compose: Composer;
  summary: Summary;
  /** If there is a file: its bytes, and its factors. */
  file?: { bytes: Uint8Array<ArrayBuffer>; from: Dissection };
  /** The picture shown last. */
  decoded: Pixels;
  /** Its channels, and what was asked for. */
  last?: { wanted: Wanted; planes: Plane[] };
  /** dB by rank, as far as known. */
  psnrs: Map<number, number>;
}

/** Cards drawn between two pauses. */
const CARDS = 16;

type Handlers = {
  [K in keyof Calls]: (
    ...args: Parameters<Calls[K]>
  ) => Calls[K] extends (...args: never) => infer R ? R | Promise<R> : never;
};

/**
 * Answers the page's questions about one picture and its factors. `notify` is called with what was not asked for. Long answers wait for
 * `pause` now and then, so that a picture can be shown in between. `nextPoint` computes one more point of the curve of PSNR by rank; false
 * if there is none left.
 */
export function createSession(
  notify: (notice: Notice) => void,
  pause: () => Promise<void>,
): {
  handlers: Handlers;
  nextPoint(): boolean;
} {
  const workspace = new Workspace();
  return {
    handlers: {
      ...openings(workspace),
      ...views(workspace),
      ...details(workspace, pause),
      ...files(workspace),
    },
    nextPoint() {
      const rank = workspace.points.shift();
      if (rank === undefined) return false;
      const { compose, psnrs } = workspace.factors;
      const psnr = psnrs.get(rank) ?? workspace.measure(compose(rank));
      psnrs.set(rank, psnr);
      notify({ notice: 'point', rank, psnr });
      return workspace.points.length > 0;
    },
  };
}

/** The open picture and the factors made of it. */
class Workspace {
  #picture: Picture | undefined;
  #factors: Factors | undefined;
  /** Ranks of the curve that are still to be measured. */
  points: number[] = [];

  get picture(): Picture {
    return this.#picture ?? raise('No picture is open.');
  }

  get factors(): Factors {
    return this.#factors ?? raise('Nothing has been made of it.');
  }

  take(raster: Raster): void {
    this.#factors = undefined;
    this.points = [];
    this.#picture = { raster, original: toPixels(raster) };
  }

  begin(from: Factored, summary: Summary, file?: Factors['file']): Parts {
    this.#factors = {
      from,
      compose: composer(from),
      summary,
      decoded: this.picture.original,
      psnrs: new Map(),
      ...(file && { file }),
    };
    this.points = ranksOfCurve(from.columns);
    return summary.parts;
  }

  beginFile(bytes: Uint8Array<ArrayBuffer>): Parts {
    const from = dissect(bytes);
    return this.begin(from, summariseFile(this.picture.raster, bytes, from), { bytes, from });
  }

  /** PSNR in dB of what was asked for, if it is known. */
  knownPsnr({ rank, without }: Pick<Wanted, 'rank' | 'without'>): number | undefined {
    return without.length ? undefined : this.factors.psnrs.get(rank);
  }

  /** PSNR in dB of decoded channels. */
  measure(planes: Plane[]): number {
    const { from } = this.factors;
    const { raster } = this.picture;
    const { colour, weights } = from.file.header;
    const tiles = from.layout === 'block' ? from.factors.tiles : undefined;
    const errors = errorsOf(raster, planes, colourBasis(colour, weights), tiles);
    return psnrOf(errors.colour, peakOf(raster.bitDepth));
  }
}

/** Opening a picture, and making factors of it. */
const openings = (
  workspace: Workspace,
): Pick<Handlers, 'open' | 'raster' | 'take' | 'factor' | 'encode' | 'load'> => ({
  async open(source, isWhole) {
    const { raster, whole } = await readSource(source, isWhole);
    workspace.take(raster);
    const { channels, bitDepth } = raster;
    return { bitmap: await toBitmap(workspace.picture.original), channels, bitDepth, whole };
  },
  raster: () => workspace.picture.raster,
  take: raster => workspace.take(raster),
  factor(layout, rank) {
    const { raster } = workspace.picture;
    const from = factorPicture(raster, layout, rank);
    return workspace.begin(from, summariseFactors(raster, from));
  },
  encode: settings =>
    workspace.beginFile(encode(workspace.picture.raster, settings) as Uint8Array<ArrayBuffer>),
  load: async url => workspace.beginFile(await fetchBytes(url)),
});

/** The picture at a rank, and its PSNR. */
const views = (workspace: Workspace): Pick<Handlers, 'show' | 'measure'> => ({
  async show(wanted) {
    const { raster, original } = workspace.picture;
    const { width, height } = raster;
    const shown = workspace.factors;
    const planes = shown.compose(wanted.rank, wanted.without);
    const data = paint(shown.from, planes, true, 8) as Uint8ClampedArray<ArrayBuffer>;
    const decoded = { width, height, data };
    shown.decoded = decoded;
    shown.last = { wanted, planes };
    const pixels = wanted.kind === 'decoded' ? decoded : difference(original, decoded);
    return { bitmap: await toBitmap(pixels), psnr: workspace.knownPsnr(wanted) };
  },
  measure(wanted) {
    const { last, psnrs } = workspace.factors;
    const known = workspace.knownPsnr(wanted);
    if (known !== undefined) return known;
    if (!last || JSON.stringify(last.wanted) !== JSON.stringify(wanted)) return undefined;
    const psnr = workspace.measure(last.planes);
    if (!wanted.without.length) psnrs.set(wanted.rank, psnr);
    return psnr;
  },
});

/** Atoms, blocks and rows of pixels. */
const details = (
  workspace: Workspace,
  pause: () => Promise<void>,
): Pick<Handlers, 'carried' | 'atoms' | 'block' | 'row'> => ({
  async carried(atom) {
    const { width, height, data, gain } = carried(workspace.factors.from, atom);
    const pixels = { width, height, data: data as Uint8ClampedArray<ArrayBuffer> };
    return { bitmap: await toBitmap(pixels), gain };
  },
  async atoms() {
    const { from, summary } = workspace.factors;
    const cards: AtomPictures[] = [];
    for (const card of atomCards(from, summary.parts.channels)) {
      cards.push(card);
      if (cards.length % CARDS === 0) await pause();
    }
    return cards;
  },
  block(block, rank) {
    const { from, summary, decoded } = workspace.factors;
    return blockDetails(from, summary, workspace.picture.original, decoded, block, rank);
  },
  row: y => rowProfile(workspace.picture.original, workspace.factors.decoded, y),
});

/** Files to download or to count, and the clip of the tour. */
const files = (workspace: Workspace): Pick<Handlers, 'file' | 'count' | 'clip'> => ({
  file(rank, settings) {
    const { raster } = workspace.picture;
    const { file } = workspace.factors;
    if (!file) return encode(raster, { ...settings, rank }) as Uint8Array<ArrayBuffer>;
    if (rank >= file.from.columns) return file.bytes;
    return recode(file.from, raster, rank) as Uint8Array<ArrayBuffer>;
  },
  count(file, rank) {
    const from = dissect(file);
    return rank < from.columns ? recode(from, workspace.picture.raster, rank).length : file.length;
  },
  clip: async url => clipParts(await fetchBytes(url)),
});

/** Ranks at which the curve is drawn: the first eight, then each a quarter more, and the last; the most informative come first. */
function ranksOfCurve(columns: number): number[] {
  const ranks = new Set([1, columns]);
  for (let rank = 2; rank < columns; rank = rank < 8 ? rank + 1 : Math.ceil(rank * 1.25)) ranks.add(rank);
  const sorted = [...ranks].sort((a, b) => a - b);
  return [...sorted.filter((_, i) => i % 4 === 0), ...sorted.filter((_, i) => i % 4 !== 0)];
}

async function fetchBytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

const toBitmap = ({ width, height, data }: Pixels): Promise<ImageBitmap> =>
  createImageBitmap(new ImageData(data, width, height));

function raise(message: string): never {
  throw new Error(message);
}
