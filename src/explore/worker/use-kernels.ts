import { enableKernels } from '../../kernels/enable-kernels.js';
import { machineOf } from '../../kernels/machine.js';

/** Has encoder and decoder of this worker use the kernels that lie beside it, once they are here: the same bits, sooner. JavaScript does all of it too. */
export async function useKernels(): Promise<void> {
  try {
    const response = await fetch(new URL('kernels.wasm', import.meta.url));
    if (response.ok) enableKernels(machineOf(new Uint8Array(await response.arrayBuffer())));
  } catch {
    // no WebAssembly here, or none that has vectors, or nobody to send it
  }
}
