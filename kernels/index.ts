// The inner loops of the stations again, in AssemblyScript, compiled to WebAssembly with 128-bit vectors. Each gives the same bits as the
// function of its name in src, which says what it does: the same operations on doubles in the same order, or integers, for which the order
// does not matter. Pointers are byte addresses in a memory that holds only what callers put there.

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
