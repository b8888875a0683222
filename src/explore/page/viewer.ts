import type { Parts } from '../protocol.js';
import { byId, showBitmap } from './dom.js';
import { drawMap } from './heat-map.js';
import { createPanZoom, type PanZoom } from './pan-zoom.js';
import type { Place, View } from './state.js';

const BLOCK = 8;

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

/** State of the viewer. */
interface Shown {
  size: { width: number; height: number };
  parts: Parts | undefined;
  view: View;
  /** Position of the divider, 0 to 1. */
  divider: number;
  block: number | undefined;
  row: number | undefined;
}

export function createViewer(events: ViewerEvents): Viewer {
  const shown: Shown = {
    ...{ size: { width: 1, height: 1 }, parts: undefined, view: 'split' },
    ...{ divider: 0.5, block: undefined, row: undefined },
  };
  const original = byId<HTMLCanvasElement>('original');
  const decoded = byId<HTMLCanvasElement>('decoded');
  const stage = byId('stage');
  const panZoom = createPanZoom(
    stage,
    () => shown.size,
    () => layOut(shown, panZoom),
    events.onPlace,
  );
  listenToStage(stage, shown, panZoom, events);
  listenToDivider(stage, shown, panZoom, events);
  new ResizeObserver(() => panZoom.refresh()).observe(stage);

  /** Changes the state, and draws what depends on it. */
  const change = (changed: Partial<Shown>, draw: (shown: Shown, panZoom: PanZoom) => void): void => {
    Object.assign(shown, changed);
    draw(shown, panZoom);
  };

  return {
    setOriginal(bitmap, name, whole) {
      const { width, height } = bitmap; // which are gone once it is shown
      shown.size = { width, height };
      showBitmap(original, bitmap);
      // Until it is decoded, the original shows through.
      Object.assign(decoded, { width, height });
      original.setAttribute('aria-label', `Original: ${name}, ${whole.width} x ${whole.height} pixels`);
      panZoom.refresh();
    },
    setDecoded(bitmap, label) {
      showBitmap(decoded, bitmap);
      decoded.setAttribute('aria-label', label);
    },
    setLabel: label => decoded.setAttribute('aria-label', label),
    setParts: parts => change({ parts }, drawView),
    setView: view => change({ view }, drawView),
    setPlace: panZoom.set,
    setDivider: divider => change({ divider }, placeDivider),
    setBlock: block => change({ block }, placeMarks),
    setRow: row => change({ row }, placeMarks),
  };
}

const columnsOf = ({ size }: Shown): number => Math.ceil(size.width / BLOCK);
const rowsOf = ({ size }: Shown): number => Math.ceil(size.height / BLOCK);

function layOut(shown: Shown, panZoom: PanZoom): void {
  const { scale, left, top } = panZoom.box();
  const sheet = byId('sheet');
  sheet.style.width = `${shown.size.width * scale}px`;
  sheet.style.height = `${shown.size.height * scale}px`;
  sheet.style.transform = `translate(${left}px, ${top}px)`;
  sheet.classList.toggle('pixels', scale >= 2);
  const heat = byId('heat');
  heat.style.width = `${columnsOf(shown) * BLOCK * scale}px`;
  heat.style.height = `${rowsOf(shown) * BLOCK * scale}px`;
  placeDivider(shown, panZoom);
  placeMarks(shown, panZoom);
}

function placeDivider({ view, divider: at }: Shown, panZoom: PanZoom): void {
  const isSplit = view === 'split';
  const wide = byId('stage').clientWidth;
  const divider = byId('divider');
  divider.hidden = !isSplit;
  divider.style.left = `${at * wide}px`;
  divider.setAttribute('aria-valuenow', String(Math.round(at * 100)));
  const from = at * wide - panZoom.box().left;
  byId('decoded').style.clipPath = isSplit ? `inset(0 0 0 ${Math.max(0, from)}px)` : '';
}

/** Places the marks of the chosen block and row. */
function placeMarks(shown: Shown, panZoom: PanZoom): void {
  const { block, row, size } = shown;
  const { scale } = panZoom.box();
  const cursor = byId('cursor');
  cursor.hidden = block === undefined;
  if (block !== undefined) {
    const side = BLOCK * scale;
    Object.assign(cursor.style, {
      left: `${(block % columnsOf(shown)) * side}px`,
      top: `${Math.floor(block / columnsOf(shown)) * side}px`,
      width: `${side}px`,
      height: `${side}px`,
    });
  }
  const rowLine = byId('row-line');
  rowLine.hidden = row === undefined;
  if (row !== undefined) rowLine.style.top = `${(Math.min(size.height - 1, row) + 0.5) * scale}px`;
}

/** Shows the pictures, labels and heat map of a view. */
function drawView(shown: Shown, panZoom: PanZoom): void {
  const { view, parts } = shown;
  const isMap = view === 'bits' || view === 'rank';
  byId('original').hidden = !(isMap || view === 'split' || view === 'original');
  byId('decoded').hidden = isMap || view === 'original';
  byId('tag-left').hidden = !(view === 'split' || view === 'original');
  byId('tag-right').hidden = !(view === 'split' || view === 'decoded' || view === 'difference');
  byId('tag-right').textContent =
    view === 'difference' ? 'decoded less original, four times as strong' : 'decoded';
  drawMap(view, parts);
  placeDivider(shown, panZoom);
}

/** Pointer and keys choose blocks and rows. */
function listenToStage(
  stage: HTMLElement,
  shown: Shown,
  panZoom: PanZoom,
  { onBlock, onRow }: ViewerEvents,
): void {
  const sheet = byId('sheet');
  const pointAt = ({ clientX, clientY }: MouseEvent): { x: number; y: number } | undefined => {
    const { scale } = panZoom.box();
    const box = sheet.getBoundingClientRect();
    const x = Math.floor((clientX - box.left) / scale);
    const y = Math.floor((clientY - box.top) / scale);
    return x < 0 || y < 0 || x >= shown.size.width || y >= shown.size.height ? undefined : { x, y };
  };
  const blockAt = ({ x, y }: { x: number; y: number }): number =>
    Math.floor(y / BLOCK) * columnsOf(shown) + Math.floor(x / BLOCK);
  const goTo = (to: number, isChosen: boolean): void => {
    if (to === shown.block && !isChosen) return;
    shown.block = to;
    placeMarks(shown, panZoom);
    onBlock(to, isChosen);
  };
  stage.addEventListener('pointermove', event => {
    const point = panZoom.isMoving() ? undefined : pointAt(event);
    if (!point) return;
    goTo(blockAt(point), false);
    onRow(point.y);
  });
  stage.addEventListener('click', event => {
    const point = panZoom.hasMoved() ? undefined : pointAt(event);
    if (point) goTo(blockAt(point), true);
  });
  stage.addEventListener('keydown', event => {
    const [columns, rows] = [columnsOf(shown), rowsOf(shown)];
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const { block } = shown;
    const from = block ?? Math.floor(rows / 2) * columns + Math.floor(columns / 2);
    const leavesRow =
      Math.abs(step) === 1 && Math.floor((from + step) / columns) !== Math.floor(from / columns);
    const to = block === undefined ? from : from + step;
    if (to < 0 || to >= columns * rows || (leavesRow && block !== undefined)) return;
    goTo(to, true);
    panZoom.bringIn(((to % columns) + 0.5) * BLOCK, (Math.floor(to / columns) + 0.5) * BLOCK);
    onRow(Math.floor(to / columns) * BLOCK);
  });
}

/** Pointer and keys move the divider. */
function listenToDivider(
  stage: HTMLElement,
  shown: Shown,
  panZoom: PanZoom,
  { onDivider }: ViewerEvents,
): void {
  const frame = byId('frame');
  const divider = byId('divider');
  const move = (to: number): void => {
    shown.divider = Math.max(0, Math.min(1, to));
    placeDivider(shown, panZoom);
    onDivider(shown.divider);
  };
  divider.addEventListener('pointerdown', event => {
    divider.setPointerCapture(event.pointerId);
    event.preventDefault();
    divider.focus();
  });
  divider.addEventListener('pointermove', event => {
    if (divider.hasPointerCapture(event.pointerId))
      move((event.clientX - frame.getBoundingClientRect().left) / stage.clientWidth);
  });
  divider.addEventListener('keydown', event => {
    const at = shown.divider;
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
    move(to);
  });
}
