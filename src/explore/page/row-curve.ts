import { latest } from './latest.js';
import type { Model } from './model.js';
import { drawRow } from './row-chart.js';
import type { Tour } from './tour.js';
import type { Viewer } from './viewer.js';

/** The brightness along one row of pixels, in the step of the tour that is about it. */
export interface RowCurve {
  /** Chooses the row; undefined: the middle one. */
  setRow(row: number | undefined): void;
  /** Marks the middle row, or none, as the step of the tour wants it, and draws. */
  restart(): void;
  draw(): void;
}

export function createRowCurve({ picture, ask }: Model, viewer: Viewer, tour: Tour): RowCurve {
  let row: number | undefined;
  const middle = (): number => Math.floor((picture.now.size?.height ?? 1) / 2);
  const draw = latest(async () => {
    if (!picture.now.parts || !tour.wantsRow()) return;
    const at = row ?? middle();
    viewer.setRow(at);
    const profile = await ask('row', at);
    if (profile && tour.wantsRow()) drawRow(tour.figure(), profile, at);
  });
  return {
    setRow(to) {
      row = to;
      draw();
    },
    restart() {
      viewer.setRow(tour.wantsRow() ? middle() : undefined);
      draw();
    },
    draw,
  };
}
