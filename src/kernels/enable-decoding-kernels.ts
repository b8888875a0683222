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

/** Puts the kernels into the place of the JavaScript of the decoder that does the same, or, without a machine, that back into its place. `least`: see planeKernels; `more`: see placingFactors. */
export function enableDecodingKernels(
  machine: Machine | undefined,
  least?: number,
  more?: (of: Factors) => More,
): void {
  usePlaneKernels(machine && planeKernels(machine, least, more));
  useRestoreKernels(machine && restoreKernels(machine));
  useSynthesise(machine && synthesiseKernel(machine));
  useFromChannels(machine && fromChannelsKernel(machine));
}
