import { heatOf } from '../../plot/heat.js';
import type { Parts } from '../protocol.js';
import { byId, drawPixels, element, showBitmap } from './dom.js';
import { createPanZoom } from './pan-zoom.js';
import type { Place, View } from './state.js';

const BLOCK = 8;

/** The content of a heat map. */
interface Heat {
  values: ArrayLike<number>;
  label: string;
  /** Colours are spaced evenly in the logarithm of the values. */
  isLog: boolean;
}

/** The picture with its divider, heat maps and the chosen block. */
export interface Viewer {
  /** `whole` is the size in pixels of the picture that this one represents. */
  setOriginal(bitmap: ImageBitmap, name: string, whole: { width: number; height: number }): void;
  setDecoded(bitmap: ImageBitmap, label: string): void;
  /** The description of the decoded picture for assistive technology. */
  setLabel(label: string): void;
  setParts(parts: Parts | undefined): void;
  setView(view: View): void;
  setPlace(place: Place | undefined): void;
  setDivider(at: number): void;
  /** Marks a block. */
  setBlock(block: number | undefined): void;
  /** Marks a row of pixels. */
  setRow(row: number | undefined): void;
}

/** Events of the viewer. */
export interface ViewerEvents {
  /** A block is pointed at or, with `isChosen`, clicked or reached by keys. */
  onBlock(block: number, isChosen: boolean): void;
  /** The divider has moved to this position, 0 to 1. */
  onDivider(at: number): void;
  onPlace(place: Place | undefined): void;
  /** A row of pixels is pointed at. */
  onRow(row: number): void;
}

export function createViewer({ onBlock, onDivider, onPlace, onRow }: ViewerEvents): Viewer {
  const frame = byId('frame');
  const stage = byId('stage');
  const sheet = byId('sheet');
  const original = byId<HTMLCanvasElement>('original');
  const decoded = byId<HTMLCanvasElement>('decoded');
  const heat = byId<HTMLCanvasElement>('heat');
  const cursor = byId('cursor');
  const rowLine = byId('row-line');
  const divider = byId('divider');
  let size = { width: 1, height: 1 };
  let parts: Parts | undefined;
  let view: View = 'split';
  let at = 0.5;
  let block: number | undefined;
  let row: number | undefined;

  const columns = (): number => Math.ceil(size.width / BLOCK);
  const rows = (): number => Math.ceil(size.height / BLOCK);
  const panZoom = createPanZoom(stage, () => size, layOut, onPlace);

  function layOut(): void {
    const { scale, left, top } = panZoom.box();
    sheet.style.width = `${size.width * scale}px`;
    sheet.style.height = `${size.height * scale}px`;
    sheet.style.transform = `translate(${left}px, ${top}px)`;
    sheet.classList.toggle('pixels', scale >= 2);
    heat.style.width = `${columns() * BLOCK * scale}px`;
    heat.style.height = `${rows() * BLOCK * scale}px`;
    placeDivider();
    placeMarks();
  }

  function placeDivider(): void {
    const isSplit = view === 'split';
    const wide = stage.clientWidth;
    divider.hidden = !isSplit;
    divider.style.left = `${at * wide}px`;
    divider.setAttribute('aria-valuenow', String(Math.round(at * 100)));
    const from = at * wide - panZoom.box().left;
    decoded.style.clipPath = isSplit ? `inset(0 0 0 ${Math.max(0, from)}px)` : '';
  }

  function placeMarks(): void {
    const { scale } = panZoom.box();
    cursor.hidden = block === undefined;
    if (block !== undefined) {
      const side = BLOCK * scale;
      Object.assign(cursor.style, {
        left: `${(block % columns()) * side}px`,
        top: `${Math.floor(block / columns()) * side}px`,
        width: `${side}px`,
        height: `${side}px`,
      });
    }
    rowLine.hidden = row === undefined;
    if (row !== undefined) rowLine.style.top = `${(Math.min(size.height - 1, row) + 0.5) * scale}px`;
  }

  const drawView = (): void => {
    const map = heatMapOf(view, parts);
    const isMap = view === 'bits' || view === 'rank';
    original.hidden = !(isMap || view === 'split' || view === 'original');
    decoded.hidden = isMap || view === 'original';
    heat.hidden = map === undefined;
    byId('tag-left').hidden = !(view === 'split' || view === 'original');
    byId('tag-right').hidden = !(view === 'split' || view === 'decoded' || view === 'difference');
    byId('tag-right').textContent =
      view === 'difference' ? 'decoded less original, four times as strong' : 'decoded';
    const legend = byId('legend');
    legend.hidden = !isMap;
    legend.replaceChildren(...(map && parts ? drawHeat(heat, map, parts) : [isMap ? missingMap(parts) : '']));
    placeDivider();
  };

  const pointAt = ({ clientX, clientY }: MouseEvent): { x: number; y: number } | undefined => {
    const { scale } = panZoom.box();
    const box = sheet.getBoundingClientRect();
    const x = Math.floor((clientX - box.left) / scale);
    const y = Math.floor((clientY - box.top) / scale);
    return x < 0 || y < 0 || x >= size.width || y >= size.height ? undefined : { x, y };
  };
  const goTo = (to: number, isChosen: boolean): void => {
    if (to === block && !isChosen) return;
    block = to;
    placeMarks();
    onBlock(to, isChosen);
  };
  stage.addEventListener('pointermove', event => {
    const point = panZoom.isMoving() ? undefined : pointAt(event);
    if (!point) return;
    goTo(Math.floor(point.y / BLOCK) * columns() + Math.floor(point.x / BLOCK), false);
    onRow(point.y);
  });
  stage.addEventListener('click', event => {
    const point = panZoom.hasMoved() ? undefined : pointAt(event);
    if (point) goTo(Math.floor(point.y / BLOCK) * columns() + Math.floor(point.x / BLOCK), true);
  });
  stage.addEventListener('keydown', event => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns() }[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const from = block ?? Math.floor(rows() / 2) * columns() + Math.floor(columns() / 2);
    const leavesRow =
      Math.abs(step) === 1 && Math.floor((from + step) / columns()) !== Math.floor(from / columns());
    const to = block === undefined ? from : from + step;
    if (to < 0 || to >= columns() * rows() || (leavesRow && block !== undefined)) return;
    goTo(to, true);
    panZoom.bringIn(((to % columns()) + 0.5) * BLOCK, (Math.floor(to / columns()) + 0.5) * BLOCK);
    onRow(Math.floor(to / columns()) * BLOCK);
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
  new ResizeObserver(() => panZoom.refresh()).observe(stage);

  return {
    setOriginal(bitmap, name, whole) {
      size = { width: bitmap.width, height: bitmap.height };
      showBitmap(original, bitmap);
      // Until it is decoded, the original shows through.
      decoded.width = size.width;
      decoded.height = size.height;
      original.setAttribute('aria-label', `Original: ${name}, ${whole.width} x ${whole.height} pixels`);
      panZoom.refresh();
    },
    setDecoded(bitmap, label) {
      showBitmap(decoded, bitmap);
      decoded.setAttribute('aria-label', label);
    },
    setLabel: label => decoded.setAttribute('aria-label', label),
    setParts(made) {
      parts = made;
      drawView();
    },
    setView(to) {
      view = to;
      drawView();
    },
    setPlace: panZoom.set,
    setDivider(to) {
      at = to;
      placeDivider();
    },
    setBlock(to) {
      block = to;
      placeMarks();
    },
    setRow(to) {
      row = to;
      placeMarks();
    },
  };
}

function heatMapOf(view: View, parts: Parts | undefined): Heat | undefined {
  const { bitMap, rankMap } = parts?.file ?? {};
  if (view === 'bits' && bitMap) return { values: bitMap, label: 'bits a block', isLog: true };
  if (view === 'rank' && rankMap) return { values: rankMap, label: 'patterns in use', isLog: false };
  return undefined;
}

function missingMap(parts: Parts | undefined): string {
  if (parts?.layout === 'channel')
    return 'Every pattern runs through the whole picture: neither bits nor rank belong to a place.';
  return 'This map is of the file, which is being made.';
}

/** Draws a heat map, one pixel a block, and returns its legend. */
function drawHeat(canvas: HTMLCanvasElement, { values, label, isLog }: Heat, parts: Parts): HTMLElement[] {
  const { cols, rows } = parts.grid;
  let most = 1;
  for (let b = 0; b < values.length; b++) most = Math.max(most, values[b]!);
  const shades = Array.from({ length: 256 }, (_, i) => heatOf(i / 255));
  const data = new Uint8ClampedArray(cols * rows * 4);
  for (let b = 0; b < cols * rows; b++) {
    const share = isLog ? Math.log1p(values[b]!) / Math.log1p(most) : values[b]! / most;
    data.set([...shades[Math.round(255 * share)]!, 255], 4 * b);
  }
  drawPixels(canvas, { width: cols, height: rows, data });
  canvas.setAttribute('aria-label', `Heat map: ${label}, 0 to ${Math.round(most)}`);
  const exact = parts.file!.exactCells;
  const key = element('i');
  key.style.background = `linear-gradient(90deg, ${[0, 0.25, 0.5, 0.75, 1].map(share => `rgb(${heatOf(share).join()})`).join()})`;
  return [
    element('span', {}, `${label}: 0 `),
    key,
    element('span', {}, ` ${Math.round(most).toLocaleString('en')}`),
    ...(exact && !isLog
      ? [element('span', {}, `; ${exact.toLocaleString('en')} blocks are coded pixel by pixel`)]
      : []),
  ];
}
