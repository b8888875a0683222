// node work.mjs folder: encodes the pictures in the queue into the folder, until it is stopped (Ctrl-C, SIGTERM: after the current
// picture).
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UnrecoverableError, Worker } from 'bullmq';
import { CodecError, encodeAsync, IoError, readImage, writeAtomically } from 'lowrank/node';
import { connection, NAME } from './queue.mjs';

const folder = process.argv[2] ?? 'out';
await mkdir(folder, { recursive: true });

const worker = new Worker(NAME, encodeOne, {
  connection,
  concurrency: 1,
  // A worker that has been silent for this long is dead; others look for its jobs this often, and may repeat a job as often as it takes.
  lockDuration: 3000,
  stalledInterval: 1500,
  maxStalledCount: 100,
});
worker.on('failed', (job, error) => console.error(`${job?.data.path}: ${error.message}`));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void worker.close());

/** Encodes one picture, unless its file exists. */
async function encodeOne({ data: { path, key, options } }) {
  const output = join(folder, `${key}.lrk`);
  if (await isThere(output)) return { output, made: false };
  try {
    const { raster, metadata } = await readImage(path);
    // In a thread, so that this one can tell Redis that it is alive.
    const bytes = await encodeAsync(raster, { ...options, metadata });
    await writeAtomically(output, bytes);
  } catch (error) {
    // Another worker was faster, after this one was taken for dead.
    if (error instanceof IoError && error.code === 'EXISTS') return { output, made: false };
    // A picture that cannot be read or encoded will fail again; a full disk may be emptied.
    if (error instanceof CodecError || ['DAMAGED', 'UNSUPPORTED'].includes(error.code))
      throw new UnrecoverableError(error.message);
    throw error;
  }
  console.log(`made ${output}`);
  return { output, made: true };
}

const isThere = path =>
  access(path).then(
    () => true,
    () => false,
  );
