import { heatOf } from '../../plot/heat.js';
import type { Parts } from '../protocol.js';
import { byId, drawPixels, element } from './dom.js';
import type { View } from './state.js';

/** The content of a heat map. */
interface Heat {
  values: ArrayLike<number>;
  label: string;
  /** Colours are spaced evenly in the logarithm of the values. */
  isLog: boolean;
}

/** Draws the heat map of a view and its legend, or says why there is none; hides both in other views. */
export function drawMap(view: View, parts: Parts | undefined): void {
  const map = heatMapOf(view, parts);
  const isMap = view === 'bits' || view === 'rank';
  const canvas = byId<HTMLCanvasElement>('heat');
  canvas.hidden = map === undefined;
  const legend = byId('legend');
  legend.hidden = !isMap;
  legend.replaceChildren(...(map && parts ? drawHeat(canvas, map, parts) : [isMap ? missingMap(parts) : '']));
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
