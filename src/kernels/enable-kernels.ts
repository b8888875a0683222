import { useColourKernels } from '../colour/analysis-kernels.js';
import { useFreshPixels } from '../encode/cells/kernels.js';
import { useMixedErrors } from '../encode/layers/kernels.js';
import { useLevelKernels } from '../encode/levels/kernels.js';
import { useCostsOfRuns } from '../encode/runs/kernels.js';
import { useAnalysisKernels } from '../matrices/analysis-kernels.js';
import { useRecompose } from '../planes/kernels.js';
import { useWriteKernels } from '../planes/write-kernels.js';
import { useGatherStatistics } from '../restore/design-kernels.js';
import { cellKernel } from './cell-kernel.js';
import { colourKernels, mixedErrorsKernel } from './colour-kernels.js';
import { enableDecodingKernels } from './enable-decoding-kernels.js';
import { levelKernels } from './level-kernels.js';
import type { Machine } from './machine.js';
import { analysisKernels } from './matrix-kernels.js';
import { recomposeKernels, recomposingIn } from './recompose-kernel.js';
import { runKernel } from './run-kernel.js';
import { statisticsKernel } from './statistics-kernel.js';
import { writeKernels } from './write-kernels.js';

/** Makes encoder and decoder use the kernels of a machine; without a machine, the JavaScript again. */
export function enableKernels(machine: Machine | undefined, least?: number): void {
  enableDecodingKernels(machine, least, recomposingIn);
  useRecompose(machine && recomposeKernels(machine));
  useWriteKernels(machine && writeKernels());
  useLevelKernels(machine && levelKernels(machine, least));
  useGatherStatistics(machine && statisticsKernel(machine));
  useAnalysisKernels(machine && analysisKernels(machine));
  useMixedErrors(machine && mixedErrorsKernel(machine));
  useFreshPixels(machine && cellKernel(machine));
  useCostsOfRuns(machine && runKernel(machine));
  useColourKernels(machine && colourKernels(machine));
}
