import type { Raster } from '../../core/raster.js';
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
  const divider = find<HTMLInputElement>('[data-of=divider]');
  const sides = {
    left: find<HTMLSelectElement>('[data-of=left]'),
    right: find<HTMLSelectElement>('[data-of=right]'),
  };
  const layers = new Map(
    [...root.querySelectorAll<HTMLElement>('[data-layer]')].map(layer => [layer.dataset.layer!, layer]),
  );
  const charts = wakeCharts(root, picture.charts);
  const image = layers.get('original') as HTMLImageElement;
  const files = picture.variants.map(({ file }) => bytesOf(file));
  let variant = 0;
  let original: Uint8ClampedArray | undefined;
  let shown: Decoded | undefined;
  let isBusy = false;
  /** The text below lowrank's picture. */
  let said = '';

  const current = (): PageVariant => picture.variants[variant]!;
  const layOut = (): void => {
    const at = Number(divider.value);
    const [left, right] = [sides.left.value, sides.right.value];
    const isOne = left === right;
    divider.hidden = isOne;
    divider.setAttribute('aria-valuetext', `${at} % ${textOf(sides.left)}`);
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
    find('[data-of=left-text]').textContent = describe(sides.left);
    find('[data-of=right-text]').textContent = isOne ? '' : describe(sides.right);
  };
  const textOf = (select: HTMLSelectElement): string => select.selectedOptions[0]!.textContent!;
  const describe = (select: HTMLSelectElement): string => {
    const peer = picture.peers[select.value];
    if (peer)
      return `${peer.name}, ${peer.bytes.toLocaleString('en')} bytes, ${decibels(peer.psnr ?? Infinity)}`;
    return select.value === LOWRANK ? said : textOf(select);
  };
  const paint = (): void => {
    if (!shown) return;
    const { width, height, data } = shown;
    const put = (name: string, pixels: Uint8ClampedArray<ArrayBuffer>): void => {
      const canvas = layers.get(name) as HTMLCanvasElement;
      canvas.width = width;
      canvas.height = height;
      canvas.getContext('2d')!.putImageData(new ImageData(pixels, width, height), 0, 0);
    };
    put(LOWRANK, data);
    if (original) put(DIFFERENCE, difference(original, data));
  };

  /** Decodes at the slider's rank. While one decoding runs, only the last later one waits. */
  const show = async (): Promise<void> => {
    const rank = Number(slider.value);
    find('[data-of=rank-value]').textContent = String(rank);
    slider.setAttribute('aria-valuetext', `rank ${rank} of ${slider.max}`);
    if (isBusy) return;
    isBusy = true;
    const decodedVariant = variant;
    try {
      shown = await decode(files[decodedVariant]!, rank);
      original ??= await pixelsOf(image, picture);
      paint();
      tell(rank, decodedVariant);
      layOut();
      root.dataset.rank = String(rank);
    } catch (error) {
      find('.error').textContent = `Not decoded: ${error instanceof Error ? error.message : error}`;
    }
    isBusy = false;
    if (decodedVariant !== variant || rank !== Number(slider.value)) void show();
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (rank: number, decodedVariant: number): void => {
    const { rows, energyKept } = picture.variants[decodedVariant]!;
    const row = rows.find(each => each.rank === rank);
    const bytes = row?.bytes ?? between(rows, rank);
    const psnr = picture.isWhole ? measured(picture, original!, shown!.data) : (row?.psnr ?? undefined);
    const bpp = (8 * bytes) / (picture.width * picture.height);
    const isExact = picture.isWhole ? psnr === Infinity : row !== undefined && row.psnr === null;
    const figures = {
      rank: `${rank} of ${slider.max}`,
      bytes: `${row ? '' : '\u2248 '}${Math.round(bytes).toLocaleString('en')}`,
      bpp: bpp.toFixed(3),
      psnr: isExact ? 'exact' : psnr === undefined ? 'in the table' : decibels(psnr),
      energy: `${(100 * energyKept[rank - 1]!).toFixed(2)} %`,
    };
    for (const [name, text] of Object.entries(figures)) find(`[data-figure=${name}]`).textContent = text;
    const isWholeRank = rank === Number(slider.max);
    said = `lowrank${isWholeRank ? '' : ` at rank ${rank}`}, ${figures.bytes} bytes${psnr === undefined ? '' : `, ${figures.psnr}`}`;
    const known = psnr === undefined || psnr === Infinity ? undefined : psnr;
    charts.mark('rate', bpp, known);
    charts.mark('rank', rank, known);
    clearTimeout(timer);
    timer = setTimeout(() => {
      find('[role=status]').textContent =
        `Rank ${figures.rank}, ${figures.bytes.replace('\u2248', 'about')} bytes, PSNR ${figures.psnr}, energy kept ${figures.energy}`;
    }, REST);
  };

  slider.addEventListener('input', () => void show());
  divider.addEventListener('input', layOut);
  for (const select of Object.values(sides)) select.addEventListener('change', layOut);
  for (const [name, layer] of layers)
    if (name in picture.peers)
      void (layer as HTMLImageElement).decode().catch(() => {
        // This browser does not support the format: it is not offered.
        for (const select of Object.values(sides)) {
          const option = [...select.options].find(({ value }) => value === name)!;
          if (select.value === name) select.value = LOWRANK;
          option.remove();
        }
        layOut();
      });
  const drag = (event: PointerEvent): void => {
    const { left, width } = find('.sheet').getBoundingClientRect();
    divider.value = String(Math.round((100 * (event.clientX - left)) / width));
    layOut();
  };
  const sheet = find<HTMLElement>('.sheet');
  sheet.addEventListener('pointerdown', event => {
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    drag(event);
  });
  sheet.addEventListener('pointermove', event => {
    if (sheet.hasPointerCapture(event.pointerId)) drag(event);
  });
  for (const input of root.querySelectorAll<HTMLInputElement>('[data-of=variant] input'))
    input.addEventListener('change', () => {
      variant = Number(input.value);
      slider.max = String(current().rank);
      slider.min = String(current().rows[0]!.rank);
      void show();
    });
  for (const control of root.querySelectorAll<HTMLInputElement>('.viewer input, .viewer select'))
    control.disabled = false;
  layOut();
  void show();
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
