import { truncate } from '../decode/truncate.js';
import { bytesOf } from '../io/files/read-bytes.js';
import { madeFile } from '../io/jobs/file-report.js';
import { runBatch } from './batch.js';
import type { BatchJob, BatchOptions } from './batch-job.js';
import { checkLrkName } from './check-lrk-name.js';
import type { Terminal } from './terminal.js';

export interface TruncateArguments extends BatchOptions {
  output: string;
  rank?: number;
  psnr?: number;
  scale?: 2 | 4 | 8;
  size?: number;
}

/** lowrank truncate: returns the exit code. */
export function runTruncate(input: string, args: TruncateArguments, terminal: Terminal): Promise<number> {
  const { rank, psnr, scale, size } = args;
  const run: BatchJob['run'] = async (source, { name }) => {
    const started = performance.now();
    const bytes = await bytesOf(source);
    return madeFile(name, undefined, truncate(bytes, { rank, psnr, scale, size }), { started });
  };
  const settings = { rank, psnr, scale, size };
  const job: BatchJob = {
    verb: 'truncated',
    wanted: 'lrk',
    filesOnly: true,
    extension: '.lrk',
    settings,
    checkFile: checkLrkName,
    run,
  };
  return runBatch([input], args, job, terminal);
}
