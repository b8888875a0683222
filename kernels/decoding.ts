// The kernels of a decoder alone, for pages: see index.ts.

export { mixSamples } from './colour';
export { readAlive, readPlane } from './planes';
export { activities, applyFilter, smooth, toSamples } from './restore';
export { acrossColumns, acrossRows, inverseBlock, inverseHalf } from './transform';
