// The inner loops of stations once more, in AssemblyScript: compiled to WebAssembly with 128-bit vectors. Each gives the bits of the function of its
// name in src, which says what it does; the same operations on doubles in the same order, or integers, whose order does not matter.
// Pointers are bytes into the memory, which holds nothing but what callers put there.

export { freshRow } from './cells';
export { optimiseChannel } from './choose';
export { addDifferences, mixedErrors, mixSamples, takeSamples } from './colour';
export { addPlane, addSums } from './debts';
export { inSteps, markBold, planesOf, startChannel } from './levels';
export { meterAlive, meterPlane, readAlive, readPlane, writeAlive, writePlane } from './planes';
export { recomposeRow } from './recompose';
export { activities, applyFilter, gatherStatistics, smooth, toSamples } from './restore';
export { addRunCosts } from './runs';
export {
  acrossColumns,
  acrossRows,
  forwardBlocks,
  inverseBlock,
  inverseBlocks,
  inverseHalf,
  subtract,
} from './transform';
