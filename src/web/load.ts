import type { Info } from '../decode/index.js';
import { SEQUENCE_SIGNATURE } from '../sequence/header.js';
import { failure } from './failure.js';
import { type Fetched, fetchBytes } from './fetch-bytes.js';
import { openerFor } from './get-large.js';
import { openJob } from './picture-pool.js';
import { takeRoom } from './room.js';

/** How a picture is to be loaded. */
export interface Load {
  url: string;
  init?: RequestInit;
  /** Ends the load. */
  controller: AbortController;
  /** Bytes of it that are already here. */
  fetched: Fetched;
  /** Called once with the header; returns the scale to decode at and the last layer wanted, counted from 1. */
  plan(info: Info, scale?: 1): { scale: 1 | 2 | 4 | 8; layer: number };
  /** Called with each picture and its layer; 0 if the file has no layers. */
  show(bitmap: ImageBitmap, layer: number, info: Info): void;
  /** Takes over if the file is a sequence, with the iterator that fetches the rest. */
  play?(rest: AsyncIterable<unknown>): Promise<void>;
}

/** Is this the beginning of a sequence? The bytes may arrive one by one. */
const isSequence = ({ chunks }: Fetched): boolean =>
  `${chunks.slice(0, 5).map(chunk => chunk.subarray(0, 5))}`.startsWith(`${SEQUENCE_SIGNATURE}`);

/**
 * Loads a picture, shows its layers as they arrive, and stops the download after the last one wanted. Throws a Failure. (One closure, since
 * the state that its parts share takes fewer bytes in a web page so.)
 */
export async function load({ url, init, controller, fetched, plan, show, play }: Load): Promise<void> {
  const { signal } = controller;
  let open = openJob;
  let job = open();
  /** Number of chunks that the job has. */
  let fed = 0;
  let info: Info | undefined;
  let scale: 1 | 2 | 4 | 8 = 1;
  let layer = 0;
  let giveBack: (() => void) | undefined;
  let retried = false;

  /** Begins again with the first byte, in another job. */
  const again = (): void => {
    job.close();
    job = open();
    fed = 0;
  };
  const restart = (): void => {
    again();
    info = undefined;
  };

  /** Hands over the chunks that are here, until there are no more. */
  const feed = async (end = false): Promise<void> => {
    let more = true;
    while (more) {
      const chunks = fetched.chunks.slice(fed);
      fed += chunks.length;
      const { error, bitmap, ...answer } = await job.ask({ chunks, layer, scale, end });
      if (signal.aborted) throw failure('ABORTED', 'ABORTED');
      more = fed < fetched.chunks.length;
      if (error) {
        // A thread can fail as well. Another one takes its place, and this thread is the last resort.
        if (error.code || retried) throw failure(error.code ?? 'DECODER', error.message, error);
        more = retried = true;
        open = openJob;
        restart();
      } else if (!info && answer.info) {
        const { width, height, bytes, layers } = (info = answer.info);
        if (layers.length && fetched.announced! > bytes)
          throw failure('CORRUPT', `CORRUPT: file: ${fetched.announced} bytes`);
        giveBack ??= await takeRoom(width * height);
        ({ scale, layer } = plan(info));
        const opener = await openerFor((width * height) / scale ** 2);
        if (opener !== open) {
          open = opener;
          again();
        }
        more = true;
      }
      if (bitmap) {
        if (answer.done) layer = answer.layer!;
        show(bitmap, answer.layer!, info!);
      }
    }
  };

  /** Is everything wanted here? */
  const enough = (): boolean =>
    fetched.done ||
    // Only the server knows where the compact form ends.
    (!!info?.layers.length &&
      fetched.bytes >= (layer < info.layers.length ? info.layers[layer - 1]!.bytes : info.bytes));

  const source = fetchBytes(url, { ...init, signal }, fetched, restart);
  let busy: Promise<void> | undefined;
  let failed: unknown;
  const stop = (error: unknown): void => {
    failed ??= error;
    controller.abort();
  };
  /** Hands over to the player if the file is a sequence. */
  const played = async (): Promise<boolean> => {
    if (info || !play || !isSequence(fetched)) return false;
    // If that fails, the download ends, whatever it waits for.
    await play(source).catch(stop);
    return true;
  };
  const run = async (): Promise<void> => {
    if (fetched.bytes) {
      if (await played()) return;
      await feed();
    }
    if (!enough())
      for await (const _ of source) {
        if (await played()) return;
        if (info)
          busy ??= feed()
            .catch(stop)
            .finally(() => {
              busy = undefined;
            });
        else await feed();
        if (enough()) break;
      }
    await busy;
    if (!failed) await feed(true);
  };

  await run().catch(error => {
    failed ??= signal.aborted ? failure('ABORTED', 'ABORTED') : error;
  });
  job.close();
  giveBack?.();
  if (failed) throw failed;
}
