import type { Raster } from '../src/core/raster.js';
import { drawChart, drawDusk, drawRelief, drawShapes, drawSmoke, drawTiny, drawWindow } from './graphics.js';
import { drawBrick, drawHalftone, drawStripes, drawWeave } from './patterns.js';
import { drawScene } from './scene/draw-scene.js';

/** The sample pictures: file name without extension, and the function that draws it. */
export const pictures: Readonly<Record<string, () => Raster>> = {
  scene: () => drawScene(480, 320, 3),
  stripes: drawStripes,
  halftone: drawHalftone,
  brick: drawBrick,
  weave: drawWeave,
  window: drawWindow,
  chart: drawChart,
  'shapes-rgba': drawShapes,
  'smoke-grey-alpha': drawSmoke,
  'relief-grey': drawRelief,
  'dusk-rgb16': drawDusk,
  'tiny-1x1': () => drawTiny(1, 1),
  'tiny-7x5': () => drawTiny(7, 5),
  'tiny-1x300': () => drawTiny(1, 300),
};
