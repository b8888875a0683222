import '../kernels/install.js';
import { parentPort } from 'node:worker_threads';
import { decode } from '../decode/index.js';
import { checkLimits } from '../decode/limits.js';
import { openFile } from '../decode/open.js';
import type { Picture } from '../decode/options.js';
import { pictureAt, startDecoding } from '../decode/picture.js';
import { encode } from '../encode/encode.js';
import { decodeFile } from '../io/index.js';
import { encodeAny } from '../io/jobs/encode-any.js';
import { decodeTogether } from './decode-together.js';
import { encodeTogether } from './encode-together.js';
import { toFailure } from './failure.js';
import { handOver } from './hand-over.js';
import type { Reply } from './reply.js';
import type { Order, Tasks } from './tasks.js';

// A thread of the pool: takes orders one after another, and reports its progress some times a second.

/** Milliseconds between two reports. */
const SILENCE = 50;

const port = parentPort!;
const say = (reply: Reply): void => port.postMessage(reply);

port.on('message', async (order: Order) => {
  let said = 0;
  const onProgress = (progress: number): void => {
    const now = performance.now();
    if (now - said < SILENCE) return;
    said = now;
    say({ progress });
  };
  try {
    const { result, bytes } = await carryOut(order, onProgress);
    handOver(port, { result }, bytes);
  } catch (error) {
    say({ failure: toFailure(error) });
  }
});

interface Outcome {
  result: unknown;
  /** The large part of the result, which is transferred rather than copied. */
  bytes: Uint8Array | Uint8ClampedArray | Uint16Array;
}

async function carryOut(order: Order, onProgress: (fraction: number) => void): Promise<Outcome> {
  const { threads } = order;
  encodeTogether(threads);
  switch (order.task) {
    case 'encode': {
      const bytes = encode(order.input.raster, { ...order.input.options, onProgress });
      return { result: bytes, bytes };
    }
    case 'decode': {
      const { bytes, options } = order.input;
      const picture =
        decodeTogether(bytes, options, threads, onProgress) ?? decodeTelling(order.input, onProgress);
      // Shared memory cannot be transferred, and not every reader of samples accepts it.
      const data = picture.data.buffer instanceof ArrayBuffer ? picture.data : picture.data.slice();
      return { result: { ...picture, data }, bytes: data };
    }
    case 'encodeFile': {
      const { source, options } = order.input;
      const result = await encodeAny(source, { ...options, onProgress });
      return { result, bytes: result.data };
    }
    case 'decodeFile': {
      const { source, options } = order.input;
      const result = await decodeFile(
        source,
        undefined,
        options,
        (bytes, options) => decodeTogether(bytes, options, threads, onProgress) ?? decode(bytes, options),
      );
      return { result, bytes: result.data };
    }
  }
}

/** `decode` with progress, by the steps read and the channels made. */
function decodeTelling({ bytes, options }: Tasks['decode'], onProgress: (done: number) => void): Picture {
  const file = openFile(bytes, options);
  checkLimits(file, options);
  const decoding = startDecoding(file, options);
  const slices = pictureAt(decoding, file, file.count, options);
  const total = Math.min(file.count, decoding.wanted) + file.header.channels + 1;
  let slice = slices.next();
  for (let done = 1; !slice.done; done++, slice = slices.next()) onProgress(Math.min(done / total, 0.99));
  return slice.value;
}
