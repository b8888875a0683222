import type { Raster } from '../../core/raster.js';
import { psnr } from '../../metrics/psnr.js';
import type { PagePicture, PageVariant } from './data.js';
import type { Decode, Decoded } from './decoder.js';

/** What is seen of the picture. */
type View = 'split' | 'decoded' | 'original' | 'difference';
/** How strongly errors are shown. */
const GAIN = 4;
/** Milliseconds that figures rest before they are said to who listens. */
const REST = 700;

/** Wakes the viewer of one picture: slider, views, figures, and the marks in its charts. */
export function wakeViewer(root: HTMLElement, picture: PagePicture, decode: Decode): void {
  const find = <T extends Element>(selector: string): T => root.querySelector<T>(selector)!;
  const slider = find<HTMLInputElement>('[data-of=rank]');
  const divider = find<HTMLInputElement>('[data-of=divider]');
  const canvas = find<HTMLCanvasElement>('canvas');
  const image = find<HTMLImageElement>('img');
  const files = picture.variants.map(({ file }) => bytesOf(file));
  let variant = 0;
  let view: View = 'split';
  let original: Uint8ClampedArray | undefined;
  let shown: Decoded | undefined;
  let isBusy = false;

  const current = (): PageVariant => picture.variants[variant]!;
  const layOut = (): void => {
    const at = Number(divider.value);
    divider.hidden = view !== 'split';
    divider.setAttribute('aria-valuetext', `${at} % original`);
    canvas.style.clipPath =
      view === 'split' ? `inset(0 0 0 ${at}%)` : view === 'original' ? 'inset(0 100% 0 0)' : '';
    find<HTMLElement>('.edge').style.left = `${at}%`;
    find<HTMLElement>('.edge').hidden = view !== 'split';
  };
  const paint = (): void => {
    if (!shown) return;
    const { width, height, data } = shown;
    canvas.width = width;
    canvas.height = height;
    const pixels = view === 'difference' && original ? difference(original, data) : data;
    canvas.getContext('2d')!.putImageData(new ImageData(pixels, width, height), 0, 0);
  };

  /** Decodes at the slider's rank; while one runs the last of the others waits. */
  const show = async (): Promise<void> => {
    const rank = Number(slider.value);
    find('[data-of=rank-value]').textContent = String(rank);
    slider.setAttribute('aria-valuetext', `rank ${rank} of ${slider.max}`);
    if (isBusy) return;
    isBusy = true;
    const of = variant;
    try {
      shown = await decode(files[of]!, rank);
      original ??= await pixelsOf(image, picture);
      paint();
      tell(rank, of);
      root.dataset.rank = String(rank);
    } catch (error) {
      find('.error').textContent = `Not decoded: ${error instanceof Error ? error.message : error}`;
    }
    isBusy = false;
    if (of !== variant || rank !== Number(slider.value)) void show();
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (rank: number, of: number): void => {
    const { rows, energyKept } = picture.variants[of]!;
    const row = rows.find(each => each.rank === rank);
    const bytes = row?.bytes ?? between(rows, rank);
    const psnr = picture.isWhole ? measured(picture, original!, shown!.data) : (row?.psnr ?? undefined);
    const bpp = (8 * bytes) / (picture.width * picture.height);
    const isExact = picture.isWhole ? psnr === Infinity : row !== undefined && row.psnr === null;
    const figures = {
      rank: `${rank} of ${slider.max}`,
      bytes: `${row ? '' : '\u2248 '}${Math.round(bytes).toLocaleString('en')}`,
      bpp: bpp.toFixed(3),
      psnr: isExact ? 'exact' : psnr === undefined ? 'in the table' : `${psnr.toFixed(2)} dB`,
      energy: `${(100 * energyKept[rank - 1]!).toFixed(2)} %`,
    };
    for (const [name, text] of Object.entries(figures)) find(`[data-figure=${name}]`).textContent = text;
    const known = psnr === undefined || psnr === Infinity ? undefined : psnr;
    mark(root, 'rate', bpp, known);
    mark(root, 'rank', rank, known);
    clearTimeout(timer);
    timer = setTimeout(() => {
      find('[role=status]').textContent =
        `Rank ${figures.rank}, ${figures.bytes.replace('\u2248', 'about')} bytes, PSNR ${figures.psnr}, energy kept ${figures.energy}`;
    }, REST);
  };

  slider.addEventListener('input', () => void show());
  divider.addEventListener('input', layOut);
  for (const input of root.querySelectorAll<HTMLInputElement>('[data-of=view] input'))
    input.addEventListener('change', () => {
      view = input.value as View;
      layOut();
      paint();
    });
  for (const input of root.querySelectorAll<HTMLInputElement>('[data-of=variant] input'))
    input.addEventListener('change', () => {
      variant = Number(input.value);
      slider.max = String(current().rank);
      slider.min = String(current().rows[0]!.rank);
      void show();
    });
  for (const control of root.querySelectorAll<HTMLInputElement>('.viewer input')) control.disabled = false;
  layOut();
  void show();
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), each => each.charCodeAt(0));

async function pixelsOf(image: HTMLImageElement, { width, height }: PagePicture): Promise<Uint8ClampedArray> {
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

/** dB over the colours of two pictures. */
function measured({ width, height }: PagePicture, ...pair: [Uint8ClampedArray, Uint8ClampedArray]): number {
  const [a, b] = pair.map((data): Raster => ({ width, height, channels: 4, bitDepth: 8, data }));
  return psnr(a!, b!).psnr;
}

function difference(a: Uint8ClampedArray, b: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(a.length);
  for (let i = 0; i < out.length; i++) out[i] = (i & 3) === 3 ? 255 : 128 + GAIN * (b[i]! - a[i]!);
  return out;
}

/** Bytes between two rows: on the straight line between them where both scales are logarithmic. */
function between(rows: PageVariant['rows'], rank: number): number {
  const above = rows.findIndex(row => row.rank > rank);
  const [a, b] = [rows[above - 1]!, rows[above]!];
  const share = Math.log(rank / a.rank) / Math.log(b.rank / a.rank);
  return a.bytes * (b.bytes / a.bytes) ** share;
}

/** Moves the mark of a chart to a place in its scales, or hides it. */
function mark(root: HTMLElement, name: string, x: number, y: number | undefined): void {
  const chart = root.querySelector<HTMLElement>(`[data-chart=${name}]`);
  const circle = chart?.querySelector<SVGCircleElement>('.mark');
  if (!chart || !circle) return;
  const { x: across, y: up } = JSON.parse(chart.dataset.scales!) as Record<
    'x' | 'y',
    { domain: [number, number]; range: [number, number] }
  >;
  const place = ({ domain: [d0, d1], range: [r0, r1] }: typeof up, value: number): number =>
    r0 + ((value - d0) / (d1 - d0)) * (r1 - r0);
  const logs = { ...across, domain: across.domain.map(Math.log2) as [number, number] };
  circle.classList.toggle('off', y === undefined);
  circle.setAttribute('cx', String(place(logs, Math.log2(x))));
  if (y !== undefined) circle.setAttribute('cy', String(place(up, y)));
}
