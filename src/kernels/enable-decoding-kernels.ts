import { useFromChannels } from '../colour/kernels.js';
import { useSynthesise } from '../matrices/kernels.js';
import type { Factors } from '../planes/factors.js';
import { usePlaneKernels } from '../planes/kernels.js';
import { useRestoreKernels } from '../restore/kernels.js';
import { fromChannelsKernel } from './colour-kernels.js';
import type { Machine } from './machine.js';
import { synthesiseKernel } from './matrix-kernels.js';
import type { More } from './placed-factors.js';
import { planeKernels } from './plane-kernels.js';
import { restoreKernels } from './restore-kernels.js';

/**
 * Makes the decoder use the kernels of a machine; without a machine, the JavaScript again. `least`: see planeKernels; `more`: see
 * placingFactors.
 */
export function enableDecodingKernels(
  machine: Machine | undefined,
  least?: number,
  more?: (factors: Factors) => More,
): void {
  usePlaneKernels(machine && planeKernels(machine, least, more));
  useRestoreKernels(machine && restoreKernels(machine));
  useSynthesise(machine && synthesiseKernel(machine));
  useFromChannels(machine && fromChannelsKernel(machine));
}
