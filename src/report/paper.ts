import type { Palette } from './charts.js';

/** Dark enough on white for print, and distinguishable for the colour-blind (M. Okabe and K. Ito, Color universal design, 2008). */
export const PAPER: Palette = {
  ink: '#1d1f23',
  line: '#dddddd',
  series: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9', '#5b606a'],
  background: '#ffffff',
};
