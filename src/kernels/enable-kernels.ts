import { useFromChannels } from '../colour/kernels.js';
import { useMixedErrors } from '../encode/layers/kernels.js';
import { useLevelKernels } from '../encode/levels/kernels.js';
import { useAnalysisKernels } from '../matrices/analysis-kernels.js';
import { useSynthesise } from '../matrices/kernels.js';
import { usePlaneKernels } from '../planes/kernels.js';
import { useWriteKernels } from '../planes/write-kernels.js';
import { useGatherStatistics } from '../restore/design-kernels.js';
import { useRestoreKernels } from '../restore/kernels.js';
import { fromChannelsKernel, mixedErrorsKernel } from './colour-kernels.js';
import { levelKernels } from './level-kernels.js';
import type { Machine } from './machine.js';
import { analysisKernels, synthesiseKernel } from './matrix-kernels.js';
import { planeKernels } from './plane-kernels.js';
import { restoreKernels } from './restore-kernels.js';
import { statisticsKernel } from './statistics-kernel.js';
import { writeKernels } from './write-kernels.js';

/** Puts the kernels into the place of the JavaScript that does the same, or, without a machine, that back into its place. */
export function enableKernels(machine: Machine | undefined, least?: number): void {
  usePlaneKernels(machine && planeKernels(machine, least));
  useWriteKernels(machine && writeKernels());
  useLevelKernels(machine && levelKernels(machine, least));
  useRestoreKernels(machine && restoreKernels(machine));
  useGatherStatistics(machine && statisticsKernel(machine));
  useSynthesise(machine && synthesiseKernel(machine));
  useAnalysisKernels(machine && analysisKernels(machine));
  useMixedErrors(machine && mixedErrorsKernel(machine));
  useFromChannels(machine && fromChannelsKernel(machine));
}
