import * as Plot from '@observablehq/plot';
import type { Encoded } from '../protocol.js';
import { byId, drawPixels, showBitmap } from './dom.js';
import type { View, Zoom } from './state.js';

const BLOCK = 8;

/** What a heat map shows. */
interface Heat {
  values: ArrayLike<number>;
  label: string;
  /** Colours are even in the logarithm of the values. */
  isLog: boolean;
}

/** The picture with its divider, heat maps and the block that is looked at. */
export interface Viewer {
  setOriginal(bitmap: ImageBitmap, name: string): void;
  setDecoded(bitmap: ImageBitmap, label: string): void;
  setFile(encoded: Encoded | undefined): void;
  setView(view: View): void;
  setZoom(zoom: Zoom): void;
  setDivider(at: number): void;
  /** Marks a block; `scroll` brings it into sight. */
  setBlock(block: number | undefined, scroll?: boolean): void;
}

/** `onBlock` is told of the block that is pointed at or moved to, `onDivider` of the divider's place, 0 to 1. */
export function createViewer(onBlock: (block: number) => void, onDivider: (at: number) => void): Viewer {
  const frame = byId('frame');
  const stage = byId('stage');
  const sheet = byId('sheet');
  const original = byId<HTMLCanvasElement>('original');
  const decoded = byId<HTMLCanvasElement>('decoded');
  const heat = byId<HTMLCanvasElement>('heat');
  const cursor = byId('cursor');
  const divider = byId('divider');
  let size = { width: 1, height: 1 };
  let encoded: Encoded | undefined;
  let view: View = 'split';
  let zoom: Zoom = 'fit';
  let scale = 1;
  let at = 0.5;
  let block: number | undefined;

  const columns = (): number => Math.ceil(size.width / BLOCK);
  const rows = (): number => Math.ceil(size.height / BLOCK);

  const layOut = (): void => {
    const room = stage.clientWidth;
    const high = Math.min(innerHeight * 0.72, 900);
    // A small picture is enlarged, to whole pixels.
    const fit = Math.min(room / size.width, high / size.height);
    scale = zoom === 'fit' ? (fit > 1 ? Math.max(1, Math.floor(fit)) : fit) : Number(zoom);
    // At a whole scale what is left over is less than that of a picture a little larger.
    if (zoom === 'fit' && fit > 1 && fit < 2) scale = fit;
    sheet.style.width = `${size.width * scale}px`;
    sheet.style.height = `${size.height * scale}px`;
    sheet.classList.toggle('pixels', scale >= 2);
    heat.style.width = `${columns() * BLOCK * scale}px`;
    heat.style.height = `${rows() * BLOCK * scale}px`;
    placeDivider();
    placeCursor();
  };

  const placeDivider = (): void => {
    const isSplit = view === 'split';
    const wide = stage.clientWidth;
    divider.hidden = !isSplit;
    divider.style.left = `${at * wide}px`;
    divider.setAttribute('aria-valuenow', String(Math.round(at * 100)));
    const from = stage.getBoundingClientRect().left + at * wide - sheet.getBoundingClientRect().left;
    decoded.style.clipPath = isSplit ? `inset(0 0 0 ${Math.max(0, from)}px)` : '';
  };

  const placeCursor = (): void => {
    cursor.hidden = block === undefined;
    if (block === undefined) return;
    const side = BLOCK * scale;
    Object.assign(cursor.style, {
      left: `${(block % columns()) * side}px`,
      top: `${Math.floor(block / columns()) * side}px`,
      width: `${side}px`,
      height: `${side}px`,
    });
  };

  const drawView = (): void => {
    const map = heatOf(view, encoded);
    const isMap = view === 'bits' || view === 'rank';
    original.hidden = !(isMap || view === 'split' || view === 'original');
    decoded.hidden = isMap || view === 'original';
    heat.hidden = map === undefined;
    byId('tag-left').hidden = byId('tag-right').hidden = view !== 'split';
    const legend = byId('legend');
    legend.replaceChildren();
    if (map && encoded) legend.append(drawHeat(heat, map, encoded.grid.cols, encoded.grid.rows));
    byId('view-note').textContent = noteOf(view, encoded);
    placeDivider();
  };

  const blockAt = ({ clientX, clientY }: PointerEvent): number | undefined => {
    const box = sheet.getBoundingClientRect();
    const x = Math.floor((clientX - box.left) / scale);
    const y = Math.floor((clientY - box.top) / scale);
    if (x < 0 || y < 0 || x >= size.width || y >= size.height) return undefined;
    return Math.floor(y / BLOCK) * columns() + Math.floor(x / BLOCK);
  };
  const goTo = (to: number, scroll: boolean): void => {
    if (to === block) return;
    block = to;
    placeCursor();
    if (scroll) cursor.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    onBlock(to);
  };
  for (const type of ['pointermove', 'pointerdown'] as const)
    sheet.addEventListener(type, event => {
      const to = blockAt(event);
      if (to !== undefined) goTo(to, false);
    });
  stage.addEventListener('keydown', event => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns() }[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const from = block ?? Math.floor(rows() / 2) * columns() + Math.floor(columns() / 2);
    const leavesRow =
      Math.abs(step) === 1 && Math.floor((from + step) / columns()) !== Math.floor(from / columns());
    const to = block === undefined ? from : from + step;
    if (to >= 0 && to < columns() * rows() && !(leavesRow && block !== undefined)) goTo(to, true);
  });

  const moveDivider = (to: number): void => {
    at = Math.max(0, Math.min(1, to));
    placeDivider();
    onDivider(at);
  };
  divider.addEventListener('pointerdown', event => {
    divider.setPointerCapture(event.pointerId);
    event.preventDefault();
    divider.focus();
  });
  divider.addEventListener('pointermove', event => {
    if (divider.hasPointerCapture(event.pointerId))
      moveDivider((event.clientX - frame.getBoundingClientRect().left) / stage.clientWidth);
  });
  divider.addEventListener('keydown', event => {
    const to = {
      ArrowLeft: at - 0.02,
      ArrowDown: at - 0.02,
      ArrowRight: at + 0.02,
      ArrowUp: at + 0.02,
      Home: 0,
      End: 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    moveDivider(to);
  });
  stage.addEventListener('scroll', placeDivider, { passive: true });
  new ResizeObserver(layOut).observe(frame);

  return {
    setOriginal(bitmap, name) {
      size = { width: bitmap.width, height: bitmap.height };
      showBitmap(original, bitmap);
      // Until it is decoded, the original is seen through.
      decoded.width = size.width;
      decoded.height = size.height;
      original.setAttribute('aria-label', `Original: ${name}, ${size.width} x ${size.height} pixels`);
      layOut();
    },
    setDecoded(bitmap, label) {
      showBitmap(decoded, bitmap);
      decoded.setAttribute('aria-label', label);
    },
    setFile(made) {
      encoded = made;
      drawView();
    },
    setView(to) {
      view = to;
      drawView();
    },
    setZoom(to) {
      zoom = to;
      layOut();
    },
    setDivider(to) {
      at = to;
      placeDivider();
    },
    setBlock(to, scroll = false) {
      block = to;
      placeCursor();
      if (scroll && to !== undefined && zoom !== 'fit')
        cursor.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
  };
}

function heatOf(view: View, encoded: Encoded | undefined): Heat | undefined {
  if (view === 'bits' && encoded?.bitMap)
    return { values: encoded.bitMap, label: 'bits a block, in the whole file', isLog: true };
  if (view === 'rank' && encoded?.rankMap)
    return { values: encoded.rankMap, label: 'columns in use in a block', isLog: false };
  return undefined;
}

function noteOf(view: View, encoded: Encoded | undefined): string {
  if (!encoded) return '';
  if ((view === 'bits' || view === 'rank') && !encoded.bitMap)
    return 'In layout channel every column runs through the whole picture: neither bits nor rank belong to a place, and there is no map.';
  if (view === 'difference') return 'Decoded less original, four times as strong, on middle grey.';
  if (view === 'rank' && encoded.exactCells)
    return `${encoded.exactCells.toLocaleString('en')} blocks are exact cells, coded pixel by pixel: they have rank 0.`;
  return '';
}

/** Draws a heat map, a pixel a block, and returns its legend. */
function drawHeat(canvas: HTMLCanvasElement, { values, label, isLog }: Heat, cols: number, rows: number) {
  let most = 1;
  for (let b = 0; b < values.length; b++) most = Math.max(most, values[b]!);
  const scaled = (value: number): number => (isLog ? Math.log1p(value) / Math.log1p(most) : value / most);
  const { apply } = Plot.scale({
    color: { type: 'linear', domain: [0, 1], scheme: 'inferno' },
  }) as Plot.Scale & {
    apply: (value: number) => string;
  };
  const shades = Array.from({ length: 256 }, (_, i) => rgbOf(apply(i / 255)));
  const data = new Uint8ClampedArray(cols * rows * 4);
  for (let b = 0; b < cols * rows; b++)
    data.set([...shades[Math.round(255 * scaled(values[b]!))]!, 255], 4 * b);
  drawPixels(canvas, { width: cols, height: rows, data });
  canvas.setAttribute('aria-label', `Heat map: ${label}, 0 to ${Math.round(most)}`);
  const legend = Plot.legend({
    color: { type: isLog ? 'symlog' : 'linear', domain: [0, most], scheme: 'inferno' },
    label,
    ticks: isLog ? 4 : Math.min(6, most),
    tickFormat: ',.0f',
    width: 260,
    style: { background: 'none' },
  });
  legend.setAttribute('aria-hidden', 'true');
  return legend;
}

function rgbOf(colour: string): [number, number, number] {
  const hex = /^#(..)(..)(..)$/.exec(colour);
  const parts = hex
    ? hex.slice(1).map(part => Number.parseInt(part, 16))
    : (colour.match(/\d+/g) ?? []).map(Number);
  return [parts[0]!, parts[1]!, parts[2]!];
}
