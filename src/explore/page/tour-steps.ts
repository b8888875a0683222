import { createClient } from './client.js';
import { element, pixelCanvas } from './dom.js';
import { integer } from './numbers.js';
import type { State } from './state.js';
import type { TourView } from './tour-view.js';

/** One step of the tour. */
export interface Step {
  name: string;
  title: string;
  text: (view: TourView | undefined) => string;
  /** State of the page during the step. */
  state?: Partial<State>;
  /** The rank up to which it is played, from the first. */
  playTo?: number;
  /** Draws the figure of the card; returns a function that ends it. */
  figure?: (box: HTMLElement, view: TourView | undefined) => (() => void) | undefined;
  redraw?: (box: HTMLElement, view: TourView) => void;
}

const RANK = 24;

/** The six steps of the idea; number 0 is the card before them. */
export const STEPS: readonly Step[] = [
  {
    name: 'start',
    title: 'A picture is a sum of patterns',
    text: () =>
      'Left of the line is the original, right of it a sum. It begins with one pattern, and each rank adds the next. The line under the picture writes it out: point at a pattern to see the picture without it.',
  },
  {
    name: 'row',
    title: 'A matrix is a function',
    text: () =>
      'Give it a row and a column, and it gives a brightness. Hold the row still, and it is a curve. Move over the picture: the grey line is that row of the original, the blue one what the sum of patterns makes of it.',
    state: { layout: 'channel', rank: 6, view: 'split', without: [] },
    figure: () => undefined,
  },
  {
    name: 'outer',
    title: 'Rank counts patterns',
    text: () =>
      'The simplest picture is one column times one row: all its rows are one curve, here stronger, there weaker. That is rank 1. The sum of two of them has rank 2. So the rank says how many patterns a picture is made of.',
    state: { layout: 'channel', rank: 1, view: 'decoded', without: [], channel: 0 },
    figure: (box, view) => {
      if (view) drawProduct(box, view);
      return undefined;
    },
    redraw: drawProduct,
  },
  {
    name: 'svd',
    title: 'The SVD writes it as such a sum',
    text: () =>
      'Every picture is a sum of column times row. The singular value decomposition finds it, the strongest pattern first. Nothing is lost: it is the same picture, written in another way. Watch the sum grow.',
    state: { layout: 'channel', view: 'decoded', tab: 'patterns', without: [] },
    playTo: 12,
  },
  {
    name: 'count',
    title: 'Truncation compresses',
    text: view => {
      if (!view) return '';
      const { width, height, rank } = view;
      const kept = rank * (width + height + 1);
      return `The weights fall fast, so stop early. ${integer(width)} \u00d7 ${integer(height)} = ${integer(width * height)} numbers become ${rank} \u00d7 (${integer(width)} + ${integer(height)} + 1) = ${integer(kept)}, and no other sum of ${rank} patterns is nearer to the picture. Move the slider.`;
    },
    state: { layout: 'channel', rank: RANK, view: 'split', tab: 'curves', without: [] },
  },
  {
    name: 'rest',
    title: 'What is left is detail',
    text: () =>
      'This is what the sum does not have yet: edges and grain, no shapes. The codec therefore cuts the picture into blocks of 8 x 8 pixels and makes each a row of the matrix. There a few smooth tiles hold nearly all of a photograph, and bits go only where there is detail: see the map \u201cBits\u201d.',
    state: { layout: 'block', rank: 8, view: 'difference', tab: 'patterns', without: [] },
  },
  {
    name: 'clip',
    title: 'In a clip, the background is rank one',
    text: () =>
      'Make each frame of a clip one row. What stands still is the same row again and again: one pattern, rank one. What is left over is what moves. That is how lowrank stores sequences, and how it takes a background away.',
    state: { layout: 'block', rank: undefined, view: 'split', without: [] },
    figure: playClip,
  },
];

/** column x row = pattern, for the first term. */
function drawProduct(box: HTMLElement, { atoms, parts }: TourView): void {
  const term = atoms.find(({ channel, column }) => channel === 0 && column === 0);
  if (!term?.column0 || parts.layout !== 'channel') return;
  const column = pixelCanvas(term.column0, 'column');
  const row = pixelCanvas(term.atom, 'row-canvas');
  const product = pixelCanvas(term.plane, 'product');
  column.style.aspectRatio = `1 / 8`;
  for (const [canvas, label] of [
    [column, 'One column'],
    [row, 'One row'],
    [product, 'The column times the row'],
  ] as const) {
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', label);
  }
  box.replaceChildren(column, sign('\u00d7'), row, sign('='), product);
}

const sign = (text: string): HTMLElement => element('span', { className: 'sign' }, text);

/** Plays a clip beside its background and what moves. A worker of its own separates it, and ends. */
function playClip(box: HTMLElement): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const client = createClient(() => {});
  const note = element('p', { className: 'note' }, 'Taking a clip of 40 frames apart \u2026');
  const canvases = ['the clip', 'of rank one', 'what is left'].map(name => {
    const canvas = element('canvas', { width: 240, height: 160 });
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', name);
    return { canvas, figure: element('figure', {}, canvas, element('figcaption', {}, name)) };
  });
  box.replaceChildren(
    canvases[0]!.figure,
    sign('='),
    canvases[1]!.figure,
    sign('+'),
    canvases[2]!.figure,
    note,
  );
  client
    .call('clip', 'samples/balloons.lrk')
    .then(({ width, height, beat, frames, backgrounds, rests, kept }) => {
      client.stop();
      note.textContent = `${(100 * kept).toFixed(1)} % of the energy of all ${frames.length} frames is in the one pattern.`;
      let at = 0;
      const draw = (): void => {
        for (const [i, pictures] of [frames, backgrounds, rests].entries()) {
          const { canvas } = canvases[i]!;
          if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
          canvas.getContext('2d')!.putImageData(new ImageData(pictures[at]!, width, height), 0, 0);
        }
        at = (at + 1) % frames.length;
      };
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) at = frames.length >> 1;
      else timer = setInterval(draw, beat);
      draw();
      box.dataset.state = 'playing';
    })
    .catch(() => {
      if (note.isConnected) note.textContent = 'The clip could not be read.';
    });
  return () => {
    clearInterval(timer);
    client.stop();
    delete box.dataset.state;
  };
}
