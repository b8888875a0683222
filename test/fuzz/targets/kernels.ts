import { decode as decodePlainly } from 'lowrank/decode';
import { decode } from '../../../dist/decode/index.js';
import { enableKernels } from '../../../dist/kernels/enable-kernels.js';
import { loadMachine } from '../../../dist/kernels/load-machine.js';
import { attempt, hold } from './attempt.js';
import { decodeOptions } from './options.js';
import { same } from './samples.js';
import type { Target } from './target.js';

const machine = loadMachine();

/** The decoder with kernels and the one for pages, which has none, agree in samples or in the error. */
export const kernelsTarget: Target = {
  name: 'kernels',
  weight: 0.7,
  suits: ({ sequence }) => !sequence,
  run(bytes, random) {
    const options = decodeOptions(random);
    // In small pictures too, for which kernels are normally not worth their overhead.
    enableKernels(machine, 0);
    const one = attempt(() => decode(bytes, options));
    enableKernels(machine);
    const other = attempt(() => decodePlainly(bytes, options));
    if (one.value && other.value) hold(same(one.value, other.value), 'kernels give other samples');
    else
      hold(
        one.error?.message === other.error?.message,
        `kernels: ${one.error?.message}; without: ${other.error?.message}`,
      );
  },
};
