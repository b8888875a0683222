/** The sample pictures that the page offers: names of files in samples/, and what they show. */
export const SAMPLES: Readonly<Record<string, string>> = {
  scene: 'Scene: a landscape',
  brick: 'Brick: a wall',
  weave: 'Weave: threads across threads',
  stripes: 'Stripes: waves aslant',
  halftone: 'Halftone: printed dots',
  chart: 'Chart: text and flat colours',
  window: 'Window: a screenshot',
  'relief-grey': 'Relief: one grey channel',
  'shapes-rgba': 'Shapes: with alpha',
};

/** The one shown by default. */
export const FIRST_SAMPLE = 'scene';
