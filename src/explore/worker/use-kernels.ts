import { enableKernels } from '../../kernels/enable-kernels.js';
import { machineOf } from '../../kernels/machine.js';

/**
 * Makes encoder and decoder of this worker use the kernels beside it, once they are loaded: the same bits, sooner. Without them JavaScript
 * does all of it.
 */
export async function useKernels(): Promise<void> {
  try {
    const response = await fetch(new URL('kernels.wasm', import.meta.url));
    if (response.ok) enableKernels(machineOf(new Uint8Array(await response.arrayBuffer())));
  } catch {
    // no WebAssembly here, or none with vectors, or nobody to send it
  }
}
