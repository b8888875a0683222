import { readFileSync } from 'node:fs';
import { type Machine, machineOf } from './machine.js';

/** The kernels of this build; undefined where the file, WebAssembly or its vectors are missing. */
export function loadMachine(): Machine | undefined {
  try {
    return machineOf(readFileSync(new URL('./kernels.wasm', import.meta.url)));
  } catch {
    return undefined; // JavaScript does all of it too
  }
}
