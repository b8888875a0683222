import { decode as shipped } from 'lowrank/decode';
import { decode } from '../../dist/decode/index.js';
import { enableKernels } from '../../dist/kernels/enable-kernels.js';
import { machineOf } from '../../dist/kernels/machine.js';
import { decodeSequence, isSequence } from '../../dist/sequence/index.js';
import { type Question, samplesOf } from '../golden/samples-of.js';

// What is run inside of an engine: it names nothing but the language, and WebAssembly where that is asked for.

/** The samples of an answer, as bytes, or code and field of the error in one line. */
export type Told = Uint8Array<ArrayBuffer> | string;

/** Asks the decoder that is shipped for pages, or the modules, which use kernels once they have some. */
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

/** Makes the modules use the kernels of this file, in pictures of any size; false where the engine has no WebAssembly, or not all of it. */
export function useKernels(wasm: Uint8Array<ArrayBuffer>): boolean {
  const machine = machineOf(wasm);
  enableKernels(machine, 0);
  return machine !== undefined;
}
