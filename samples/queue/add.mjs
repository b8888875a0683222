// node add.mjs picture... [--quality n]: puts pictures into the queue.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Queue } from 'bullmq';
import packageFile from 'lowrank/package.json' with { type: 'json' };
import { connection, keyOf, NAME } from './queue.mjs';

const { values, positionals } = parseArgs({
  options: { quality: { type: 'string', default: '75' } },
  allowPositionals: true,
});
const options = { quality: Number(values.quality) };

const queue = new Queue(NAME, { connection });
for (const path of positionals) {
  const key = keyOf(await readFile(path), options, packageFile.version);
  await queue.add(
    'encode',
    { path: resolve(path), key, options },
    // A job with this name that is waiting or done is not added again. One that has failed for good is removed first, and may be.
    { jobId: key, attempts: 3, backoff: { type: 'exponential', delay: 500 }, removeOnFail: true },
  );
}
console.log(`${positionals.length} added, ${await queue.getWaitingCount()} wait`);
await queue.close();
