import { colourBasis } from '../../colour/basis.js';
import { peakOf, type Raster } from '../../core/raster.js';
import { errorsOf } from '../../encode/errors-of.js';
import { encode } from '../../index.js';
import { psnrOf } from '../../metrics/psnr.js';
import { carried } from '../../spectra/carried.js';
import { composeChannels, paint } from '../../spectra/compose.js';
import { dissect } from '../../spectra/dissect.js';
import type { Atom, Dissection } from '../../spectra/dissection.js';
import { recode } from '../../spectra/recode.js';
import type { Calls, Notice, Pixels, Wanted } from '../protocol.js';
import { atomCards } from './atom-cards.js';
import { blockDetails } from './block-details.js';
import { difference, toPixels } from './pixels.js';
import { readSource } from './read-source.js';
import { type Summary, summarise } from './summary.js';

/** A picture that is open, and its file. */
interface Picture {
  raster: Raster;
  original: Pixels;
}
interface File {
  bytes: Uint8Array<ArrayBuffer>;
  parts: Dissection;
  summary: Summary;
  /** The picture that was shown last. */
  decoded: Pixels;
}

type Handlers = {
  [K in keyof Calls]: (
    ...args: Parameters<Calls[K]>
  ) => Calls[K] extends (...args: never) => infer R ? R | Promise<R> : never;
};

/**
 * What answers the page: one picture and its file, and all that is asked of them. `notify` is told what was not asked for. `nextPoint` works out one more
 * point of the curve of PSNR by rank; false when there is none left.
 */
export function createSession(notify: (notice: Notice) => void): {
  handlers: Handlers;
  nextPoint(): boolean;
} {
  let picture: Picture | undefined;
  let file: File | undefined;
  let points: number[] = [];

  const open = (): Picture => picture ?? raise('No picture is open.');
  const made = (): File => file ?? raise('Nothing has been encoded.');
  const planesAt = (rank: number, without: Atom[] = []) => {
    const { parts } = made();
    const { raster } = open();
    const planes = composeChannels(parts, rank, without);
    const tiles = parts.layout === 'block' ? parts.factors.tiles : undefined;
    const errors = errorsOf(
      raster,
      planes,
      colourBasis(parts.file.header.colour, parts.file.header.weights),
      tiles,
    );
    return { planes, psnr: psnrOf(errors.colour, peakOf(raster.bitDepth)) };
  };

  const handlers: Handlers = {
    async open(source) {
      file = undefined;
      points = [];
      const raster = await readSource(source);
      picture = { raster, original: toPixels(raster) };
      return {
        bitmap: await toBitmap(picture.original),
        channels: raster.channels,
        bitDepth: raster.bitDepth,
      };
    },
    encode(settings) {
      const { raster, original } = open();
      file = undefined;
      points = [];
      const bytes = encode(raster, settings) as Uint8Array<ArrayBuffer>;
      const parts = dissect(bytes);
      const summary = summarise(raster, bytes, parts);
      file = { bytes, parts, summary, decoded: original };
      points = ranksOfCurve(parts.columns);
      return summary.encoded;
    },
    async show({ rank, without, kind }: Wanted) {
      const { width, height } = open().raster;
      const { planes, psnr } = planesAt(rank, without);
      const data = paint(made().parts, planes, true, 8) as Uint8ClampedArray<ArrayBuffer>;
      const decoded = { width, height, data };
      made().decoded = decoded;
      const pixels = kind === 'decoded' ? decoded : difference(open().original, decoded);
      return { bitmap: await toBitmap(pixels), psnr };
    },
    async carried(atom) {
      const { width, height, data, gain } = carried(made().parts, atom);
      const pixels = { width, height, data: data as Uint8ClampedArray<ArrayBuffer> };
      return { bitmap: await toBitmap(pixels), gain };
    },
    atoms: () => atomCards(made().parts, made().summary.encoded.channels),
    block(block, rank) {
      const { parts, summary, decoded } = made();
      return blockDetails(parts, summary, open().original, decoded, block, rank);
    },
    file(rank) {
      const { bytes, parts } = made();
      if (rank >= parts.columns) return bytes;
      return recode(parts, open().raster, rank) as Uint8Array<ArrayBuffer>;
    },
  };

  return {
    handlers,
    nextPoint() {
      const rank = points.shift();
      if (rank === undefined) return false;
      notify({ notice: 'point', rank, psnr: planesAt(rank).psnr });
      return points.length > 0;
    },
  };
}

/** Ranks at which the curve is drawn: the first eight, then each a quarter more, and the last; those that tell most come first. */
function ranksOfCurve(columns: number): number[] {
  const ranks = new Set([1, columns]);
  for (let rank = 2; rank < columns; rank = rank < 8 ? rank + 1 : Math.ceil(rank * 1.25)) ranks.add(rank);
  const sorted = [...ranks].sort((a, b) => a - b);
  return [...sorted.filter((_, i) => i % 4 === 0), ...sorted.filter((_, i) => i % 4 !== 0)];
}

const toBitmap = ({ width, height, data }: Pixels): Promise<ImageBitmap> =>
  createImageBitmap(new ImageData(data, width, height));

function raise(message: string): never {
  throw new Error(message);
}
