import { decode as shipped } from 'lowrank/decode';
import { decode } from '../../dist/decode/index.js';
import { enableKernels } from '../../dist/kernels/enable-kernels.js';
import { machineOf } from '../../dist/kernels/machine.js';
import { decodeSequence, isSequence } from '../../dist/sequence/index.js';
import { type Question, samplesOf } from '../golden/samples-of.js';

// This runs inside an engine: it uses nothing but the language, and WebAssembly if asked to.

/** The samples of an answer as bytes, or code and field of the error in one line. */
export type Told = Uint8Array<ArrayBuffer> | string;

/** Asks the published decoder for pages, or the modules, which use kernels once they are installed. */
export function tell(which: 'shipped' | 'modules', file: Uint8Array, question: Question): Told {
  const of = { decode: which === 'shipped' ? shipped : decode, decodeSequence, isSequence };
  try {
    const all = [...samplesOf(of, file, question)];
    const samples = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const one of all) {
      samples.set(one, at);
      at += one.length;
    }
    return samples;
  } catch (error) {
    const { name, code, field } = error as Error & { code: string; field: string };
    if (name !== 'CodecError') throw error;
    return `${code} ${field}`;
  }
}

/**
 * Installs the kernels of this file in the modules, for pictures of any size; false if the engine has no WebAssembly, or lacks parts of it.
 */
export function useKernels(wasm: Uint8Array<ArrayBuffer>): boolean {
  const machine = machineOf(wasm);
  enableKernels(machine, 0);
  return machine !== undefined;
}
