import { truncate } from '../decode/truncate.js';
import { readBytes } from '../io/files/read-bytes.js';
import { checkTarget } from '../io/files/write-atomically.js';
import { writeAtomically } from '../io/index.js';
import { madeFile } from '../io/jobs/file-report.js';
import { type BatchJob, type BatchOptions, runBatch } from './batch.js';
import type { Terminal } from './terminal.js';

export interface TruncateArguments extends BatchOptions {
  output: string;
  rank?: number;
  psnr?: number;
  size?: number;
}

/** lowrank truncate: returns the exit code. */
export function runTruncate(input: string, args: TruncateArguments, terminal: Terminal): Promise<number> {
  const { rank, psnr, size } = args;
  const run: BatchJob['run'] = async (source, output, { name, makeFolders }) => {
    const started = performance.now();
    const inputs = typeof source === 'string' ? [source] : [];
    const target = { force: args.force, makeFolders, inputs, onTemporary: terminal.onTemporary };
    if (output !== undefined) await checkTarget(output, target);
    const bytes = typeof source === 'string' ? await readBytes(source) : source;
    const data = truncate(bytes, { rank, psnr, size });
    if (output !== undefined) await writeAtomically(output, data, target);
    return madeFile(name, output, data, { started });
  };
  return runBatch([input], args, { verb: 'truncated', wanted: 'lrk', extension: '.lrk', run }, terminal);
}
