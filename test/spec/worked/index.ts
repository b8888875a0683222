import { workedCells } from './cells.js';
import { workedFilter } from './filter.js';
import { workedPredictor } from './predictor.js';
import { workedRotation } from './rotation.js';
import { workedRun } from './run.js';
import { workedSequence } from './sequence.js';
import { workedWeights } from './weights.js';

/** The worked examples of single rules, by their names in the specification. */
export const WORKED: Record<string, () => string> = {
  weights: workedWeights,
  predictor: workedPredictor,
  rotation: workedRotation,
  run: workedRun,
  cells: workedCells,
  filter: workedFilter,
  sequence: workedSequence,
};

/** An example as it is in codec-spec.md, with the marks of its ends. */
export const describeWorked = (name: string): string =>
  `<!-- worked ${name} -->\n\n${WORKED[name]!()}\n<!-- end -->`;
