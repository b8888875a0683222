import type { Raster } from '../../core/raster.js';
import { bitsPerPixel } from '../../metrics/bits-per-pixel.js';
import { psnr } from '../../metrics/psnr.js';
import { wakeCharts } from './charts.js';
import type { PagePicture, PageVariant } from './data.js';
import type { Decode, Decoded } from './decoder.js';

/** Gain with which errors are shown. */
const GAIN = 4;
/** Milliseconds that figures must rest before assistive technology reads them. */
const REST = 700;
/** The layer that is not of another codec. */
const LOWRANK = 'lowrank';
const DIFFERENCE = 'difference';

/** Starts the viewer of one picture: layers on both sides of a divider, the rank slider, figures, and the marks in its charts. */
export function wakeViewer(root: HTMLElement, picture: PagePicture, decode: Decode): void {
  const find = <T extends Element>(selector: string): T => root.querySelector<T>(selector)!;
  const slider = find<HTMLInputElement>('[data-of=rank]');
  const layers = new Map(
    [...root.querySelectorAll<HTMLElement>('[data-layer]')].map(layer => [layer.dataset.layer!, layer]),
  );
  const charts = wakeCharts(root, picture.charts);
  const files = picture.variants.map(({ file }) => bytesOf(file));
  let variant = 0;
  let original: Uint8ClampedArray | undefined;
  let isBusy = false;
  /** The text below lowrank's picture. */
  let said = '';
  const layOut = wakeSides(root, picture, layers, () => said);

  /** Decodes at the slider's rank. While one decoding runs, only the last later one waits. */
  const show = async (): Promise<void> => {
    const rank = Number(slider.value);
    find('[data-of=rank-value]').textContent = String(rank);
    slider.setAttribute('aria-valuetext', `rank ${rank} of ${slider.max}`);
    if (isBusy) return;
    isBusy = true;
    const decodedVariant = variant;
    try {
      const decoded = await decode(files[decodedVariant]!, rank);
      original ??= await pixelsOf(layers.get('original') as HTMLImageElement, picture);
      put(layers.get(LOWRANK) as HTMLCanvasElement, decoded, decoded.data);
      put(layers.get(DIFFERENCE) as HTMLCanvasElement, decoded, difference(original, decoded.data));
      tell(rank, figuresOf(picture, decodedVariant, rank, original, decoded.data));
      layOut();
      root.dataset.rank = String(rank);
    } catch (error) {
      find('.error').textContent = `Not decoded: ${error instanceof Error ? error.message : error}`;
    }
    isBusy = false;
    if (decodedVariant !== variant || rank !== Number(slider.value)) void show();
  };

  const showFigures = wakeFigures(root);
  const tell = (rank: number, { figures, bpp, psnr }: Figures): void => {
    showFigures(figures);
    const isWholeRank = rank === Number(slider.max);
    said = `lowrank${isWholeRank ? '' : ` at rank ${rank}`}, ${figures.bytes} bytes${psnr === undefined ? '' : `, ${figures.psnr}`}`;
    const finite = psnr === Infinity ? undefined : psnr;
    charts.mark('rate', bpp, finite);
    charts.mark('rank', rank, finite);
  };

  slider.addEventListener('input', () => void show());
  wakeVariants(root, to => {
    variant = to;
    const { rank, rows } = picture.variants[variant]!;
    slider.max = String(rank);
    slider.min = String(rows[0]!.rank);
    void show();
  });
  for (const control of root.querySelectorAll<HTMLInputElement>('.viewer input, .viewer select'))
    control.disabled = false;
  layOut();
  void show();
}

/** Starts the choice of one of the files of a picture. */
function wakeVariants(root: HTMLElement, onVariant: (variant: number) => void): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('[data-of=variant] input'))
    input.addEventListener('change', () => onVariant(Number(input.value)));
}

/** Returns a function that shows figures and, once they rest, announces them to assistive technology. */
function wakeFigures(root: HTMLElement): (figures: Figures['figures']) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return figures => {
    for (const [name, text] of Object.entries(figures))
      root.querySelector(`[data-figure=${name}]`)!.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => {
      root.querySelector('[role=status]')!.textContent =
        `Rank ${figures.rank}, ${figures.bytes.replace('\u2248', 'about')} bytes, PSNR ${figures.psnr}, energy kept ${figures.energy}`;
    }, REST);
  };
}

/**
 * Starts the choice of a layer for each side, and the divider between them. Returns a function that lays them out again; `said` returns the
 * text below lowrank's picture.
 */
function wakeSides(
  root: HTMLElement,
  picture: PagePicture,
  layers: Map<string, HTMLElement>,
  said: () => string,
): () => void {
  const find = <T extends Element>(selector: string): T => root.querySelector<T>(selector)!;
  const divider = find<HTMLInputElement>('[data-of=divider]');
  const leftSelect = find<HTMLSelectElement>('[data-of=left]');
  const rightSelect = find<HTMLSelectElement>('[data-of=right]');
  const image = layers.get('original')!;
  const textOf = (select: HTMLSelectElement): string => select.selectedOptions[0]!.textContent!;
  const describe = (select: HTMLSelectElement): string => {
    const peer = picture.peers[select.value];
    if (peer)
      return `${peer.name}, ${peer.bytes.toLocaleString('en')} bytes, ${decibels(peer.psnr ?? Infinity)}`;
    return select.value === LOWRANK ? said() : textOf(select);
  };
  const layOut = (): void => {
    const at = Number(divider.value);
    const [left, right] = [leftSelect.value, rightSelect.value];
    const isOne = left === right;
    divider.hidden = isOne;
    divider.setAttribute('aria-valuetext', `${at} % ${textOf(leftSelect)}`);
    for (const [name, layer] of layers) {
      const isLeft = name === left;
      layer.hidden = !isLeft && name !== right;
      layer.style.clipPath = isOne ? '' : isLeft ? `inset(0 ${100 - at}% 0 0)` : `inset(0 0 0 ${at}%)`;
    }
    // The original holds the place of all others, so it is never hidden, only covered.
    image.hidden = false;
    image.style.visibility = left === 'original' || right === 'original' ? '' : 'hidden';
    find<HTMLElement>('.edge').style.left = `${at}%`;
    find<HTMLElement>('.edge').hidden = isOne;
    find('[data-of=left-text]').textContent = describe(leftSelect);
    find('[data-of=right-text]').textContent = isOne ? '' : describe(rightSelect);
  };
  divider.addEventListener('input', layOut);
  for (const select of [leftSelect, rightSelect]) select.addEventListener('change', layOut);
  for (const [name, layer] of layers)
    if (name in picture.peers)
      void (layer as HTMLImageElement).decode().catch(() => {
        withdraw(name, [leftSelect, rightSelect]);
        layOut();
      });
  listenToDrags(find('.sheet'), divider, layOut);
  return layOut;
}

/** Draws pixels on a canvas, which gets their size. */
function put(
  canvas: HTMLCanvasElement,
  { width, height }: Decoded,
  pixels: Uint8ClampedArray<ArrayBuffer>,
): void {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')!.putImageData(new ImageData(pixels, width, height), 0, 0);
}

/** Stops offering a layer whose format this browser does not support. */
function withdraw(name: string, selects: HTMLSelectElement[]): void {
  for (const select of selects) {
    const option = [...select.options].find(({ value }) => value === name)!;
    if (select.value === name) select.value = LOWRANK;
    option.remove();
  }
}

/** Drags on the picture move the divider. */
function listenToDrags(sheet: HTMLElement, divider: HTMLInputElement, layOut: () => void): void {
  const drag = (event: PointerEvent): void => {
    const { left, width } = sheet.getBoundingClientRect();
    divider.value = String(Math.round((100 * (event.clientX - left)) / width));
    layOut();
  };
  sheet.addEventListener('pointerdown', event => {
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    drag(event);
  });
  sheet.addEventListener('pointermove', event => {
    if (sheet.hasPointerCapture(event.pointerId)) drag(event);
  });
}

/** The figures of a variant at a rank. */
interface Figures {
  /** As texts. */
  figures: Record<'rank' | 'bytes' | 'bpp' | 'psnr' | 'energy', string>;
  /** Bits a pixel. */
  bpp: number;
  /** dB; undefined if it is neither in the table nor measured here. */
  psnr: number | undefined;
}

function figuresOf(
  picture: PagePicture,
  variant: number,
  rank: number,
  original: Uint8ClampedArray,
  decoded: Uint8ClampedArray,
): Figures {
  const { rows, energyKept, rank: most } = picture.variants[variant]!;
  const row = rows.find(each => each.rank === rank);
  const bytes = row?.bytes ?? between(rows, rank);
  const psnr = picture.isWhole ? measured(picture, original, decoded) : (row?.psnr ?? undefined);
  const bpp = bitsPerPixel(bytes, picture.width, picture.height);
  const isExact = picture.isWhole ? psnr === Infinity : row !== undefined && row.psnr === null;
  const figures = {
    rank: `${rank} of ${most}`,
    bytes: `${row ? '' : '\u2248 '}${Math.round(bytes).toLocaleString('en')}`,
    bpp: bpp.toFixed(3),
    psnr: isExact ? 'exact' : psnr === undefined ? 'in the table' : decibels(psnr),
    energy: `${(100 * energyKept[rank - 1]!).toFixed(2)} %`,
  };
  return { figures, bpp, psnr };
}

const decibels = (value: number): string => (value === Infinity ? 'exact' : `${value.toFixed(2)} dB`);
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), each => each.charCodeAt(0));

async function pixelsOf(image: HTMLImageElement, { width, height }: PagePicture): Promise<Uint8ClampedArray> {
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

/** PSNR in dB over the colours of two pictures. */
function measured({ width, height }: PagePicture, ...pair: [Uint8ClampedArray, Uint8ClampedArray]): number {
  const [a, b] = pair.map((data): Raster => ({ width, height, channels: 4, bitDepth: 8, data }));
  return psnr(a!, b!).psnr;
}

function difference(a: Uint8ClampedArray, b: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(a.length);
  for (let i = 0; i < out.length; i++) out[i] = (i & 3) === 3 ? 255 : 128 + GAIN * (b[i]! - a[i]!);
  return out;
}

/** Bytes between two rows: interpolated linearly with both scales logarithmic. */
function between(rows: PageVariant['rows'], rank: number): number {
  const above = rows.findIndex(row => row.rank > rank);
  const [a, b] = [rows[above - 1]!, rows[above]!];
  const share = Math.log(rank / a.rank) / Math.log(b.rank / a.rank);
  return a.bytes * (b.bytes / a.bytes) ** share;
}
