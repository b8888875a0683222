import { CodecError } from '../core/errors.js';
import { hasAlpha, type Raster } from '../core/raster.js';
import { openFile } from '../decode/open.js';
import { CHOICES } from '../encode/options.js';
import type { Layout } from '../format/header.js';
import { type Engine, loadSharp } from '../io/engine.js';
import { IoError } from '../io/errors.js';
import { readImage } from '../io/read/read-image.js';
import { compareVariant, measureVariant, type OwnVariant, QUALITIES } from './measure-variant.js';
import { type Basis, type Measurement, PEERS, type Peer } from './measurement.js';
import { peerPoints, settingsOf } from './peer-points.js';
import { scorerOf } from './scorer.js';
import { textbookRows } from './textbook.js';

/** Options of `measure`. */
export interface MeasureOptions {
  /** Columns kept a channel: integers from 1 to 65,535. Default 1, 2, 4, 8, 16, 32, 64. */
  ranks?: readonly number[];
  /** 'block' and 'channel'. Default 'block'. */
  layouts?: readonly Layout[];
  /** 'auto', 'svd' and 'dct', for layout `block`. Default 'auto'. */
  bases?: readonly Basis[];
  /** 'jpeg', 'webp' and 'avif', through sharp. Default all three. */
  peers?: readonly Peer[];
  /** 0 to 100: sets the quantiser step of the files. Default 75. */
  quality?: number;
  /**
   * Also measure SSIMULACRA 2, by the package calc-s2-rust, which you install yourself. Default: if it is installed; true rejects if it is
   * not.
   */
  ssimulacra2?: boolean;
  /** Most pixels accepted. Default 268,402,689. */
  maxPixels?: number;
  /** What reads the picture. Default `auto`. */
  engine?: Engine;
  /** The picture's name. Default its path, or '(bytes)'. */
  name?: string;
  /** Aborts the call, which rejects with its reason; checked between encodings. */
  signal?: AbortSignal;
  /** Called now and then with the share done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

const DEFAULT_RANKS = Object.freeze([1, 2, 4, 8, 16, 32, 64]);

/**
 * Measures quality against rank. Encodes a picture once for each layout and basis and decodes it at each rank. Compares that with the size
 * of each rank, with the textbook SVD, and with other codecs. Ranks above the columns in use count as those. Peers are measured at 7 to 10
 * settings; between them their curves are interpolated.
 *
 * @param input path, or the bytes of an image file (see `readImage`)
 * @throws CodecError OPTION for invalid options, and what `readImage` and `encode` throw; IoError UNSUPPORTED if there are peers and sharp
 * cannot be loaded, or if SSIMULACRA 2 is required and calc-s2-rust cannot
 */
export async function measure(
  input: string | Uint8Array,
  options: MeasureOptions = {},
): Promise<Measurement> {
  const started = performance.now();
  const settings = checkOptions(options);
  const { peers: wanted, variants: all, quality } = settings;
  const name = options.name ?? (typeof input === 'string' ? input : '(bytes)');
  const sharp = wanted.length > 0 ? await loadSharp() : undefined;
  if (wanted.length > 0 && !sharp)
    throw new IoError('UNSUPPORTED', {
      path: name,
      reason: 'without sharp there is no codec to compare with',
    });
  const { maxPixels, engine, signal, onProgress } = options;
  const image = await readImage(input, { strip: true, maxPixels, engine, name });
  const { raster } = image;
  const { score, note } = await scorerOf(raster, options.ssimulacra2);
  const step = counter(stepsOf(settings), onProgress);
  const points = Promise.all(
    wanted.map(async peer => [peer, await peerPoints(sharp!, raster, peer, step, score)] as const),
  );
  // The caller is told of the first error thrown meanwhile.
  points.catch(() => {});
  const ownVariants: OwnVariant[] = [];
  for (const variant of all)
    ownVariants.push(
      await measureVariant(
        raster,
        { ...variant, quality, ranks: settings.ranks, ...(score && { score }), ...(signal && { signal }) },
        variant.layout === 'block' && wanted.length > 0,
        step,
      ),
    );
  const { colour } = openFile(ownVariants[0]!.file).header;
  const textbook = textbookRows(raster, colour, settings.ranks);
  const peers: Measurement['peers'] = Object.fromEntries(await points);
  const { width, height, channels, bitDepth } = raster;
  return {
    input: name,
    width,
    height,
    channels,
    bitDepth,
    quality,
    variants: ownVariants.map(variant => compareVariant(variant, peers, width * height)),
    textbook,
    peers,
    notes: [...image.notes, ...notesOf(raster, image.format, wanted), ...(note ? [note] : [])],
    milliseconds: performance.now() - started,
  };
}

function notesOf({ bitDepth, channels }: Raster, format: string, peers: readonly Peer[]): string[] {
  const notes: string[] = [];
  if (format === 'lrk')
    notes.push('made from an .lrk file: all figures are measured against that, not against the original');
  if (format === 'jpeg')
    notes.push('the picture was a JPEG file: its blocks and losses count as the original');
  if (peers.length && bitDepth === 16) notes.push('the other codecs get 16 bits as 8');
  if (peers.includes('jpeg') && hasAlpha(channels)) notes.push('JPEG has no alpha: not compared');
  return notes;
}

/** Returns a function that calls `onProgress` with the share of `steps` done. */
function counter(steps: number, onProgress: MeasureOptions['onProgress']): () => void {
  let done = 0;
  return () => onProgress?.(Math.min(1, ++done / steps));
}

interface Checked {
  ranks: readonly number[];
  variants: { layout: Layout; basis: Basis }[];
  peers: readonly Peer[];
  quality: number;
}

const stepsOf = ({ ranks, variants, peers }: Checked): number =>
  peers.reduce((sum, peer) => sum + settingsOf(peer), 0) +
  variants.reduce(
    (sum, { layout }) => sum + 1 + ranks.length + (peers.length && layout === 'block' ? QUALITIES.length : 0),
    0,
  );

function checkOptions(options: MeasureOptions): Checked {
  const {
    ranks = DEFAULT_RANKS,
    layouts = ['block'],
    bases = ['auto'],
    peers = PEERS,
    quality = 75,
  } = options;
  checkList('layouts', layouts, CHOICES.layout, 1);
  checkList('bases', bases, CHOICES.basis, 1);
  checkList('peers', peers, PEERS, 0);
  const wrong = ranks.find(rank => !(Number.isInteger(rank) && rank >= 1 && rank <= 65_535));
  if (wrong !== undefined || ranks.length === 0)
    throw new CodecError('OPTION', {
      field: 'ranks',
      got: wrong ?? 'none',
      expected: 'whole numbers from 1 to 65535',
    });
  if (!(quality >= 0 && quality <= 100))
    throw new CodecError('OPTION', { field: 'quality', got: quality, expected: 'a number from 0 to 100' });
  return {
    ranks: [...new Set(ranks)].sort((a, b) => a - b),
    variants: [...new Set(layouts)].flatMap((layout): Checked['variants'] =>
      // V of layout `channel` is stored directly: there is no basis to choose.
      layout === 'block' ? [...new Set(bases)].map(basis => ({ layout, basis })) : [{ layout, basis: 'svd' }],
    ),
    peers: [...new Set(peers)],
    quality,
  };
}

function checkList(field: string, got: readonly string[], known: readonly string[], least: number): void {
  const wrong = got.find(value => !known.includes(value));
  if (wrong === undefined && got.length >= least) return;
  throw new CodecError('OPTION', { field, got: wrong ?? 'none', expected: known.join(', ') });
}
