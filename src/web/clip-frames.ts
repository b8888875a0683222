import type { SequenceInfo } from '../sequence/index.js';
import type { Bell } from './bell.js';
import { failure } from './failure.js';
import type { Fetched } from './fetch-bytes.js';
import type { ClipAnswer, ClipQuestion } from './messages.js';
import { core } from './player-core.js';
import { createPool, type Job, type Script } from './pool.js';

/** The script of workers for clips; the player's bundle sets its address. */
export const script: Script = { type: 'module' };

const openJob = createPool<ClipQuestion, ClipAnswer>(core, script);

/** At most this many bytes, or one chunk, are handed over at a time. */
const PORTION = 65_536;

/** Where a clip comes from, and what is shown of it. */
export interface ClipSource {
  /** Chunks of the file; `bell` rings when there are more. */
  fetched: Fetched;
  bell: Bell;
  /** See ClipQuestion. */
  rank: number;
  told(info: SequenceInfo): void;
  /** Called with the background, layer by layer. */
  show(bitmap: ImageBitmap, layer: number): void;
}

/** The frames of a clip, decoded in a thread of the pool one after another; an earlier frame makes it begin again. */
export interface ClipFrames {
  /** Frame `index`, from 0, once its bytes are here; undefined as soon as `isWanted` returns false. Throws a Failure. */
  get(index: number, isWanted: () => boolean): Promise<ImageBitmap | undefined>;
  /** Did the last frame have to wait for its bytes? */
  readonly waited: boolean;
  /** Is a frame waiting for bytes now? */
  readonly starving: boolean;
  close(): void;
}

/** The frames of a clip as they arrive. (A closure, since its names then take no bytes in a web page.) */
export function clipFrames({ fetched, bell, rank, told, show }: ClipSource): ClipFrames {
  let job: Job<ClipQuestion, ClipAnswer> = openJob();
  let { chunks } = fetched;
  /** Number of chunks that the job has, and the frame it reads next. */
  let fed = 0;
  let next = 0;
  let hungry = true;
  let waited = false;
  let waiting = false;
  let retried = false;

  const begin = (): void => {
    ({ chunks } = fetched);
    fed = next = 0;
    hungry = true;
  };
  const restart = (): void => {
    job.close();
    job = openJob();
    begin();
  };
  const portion = (): Uint8Array[] => {
    const from = fed;
    for (let size = 0; hungry && fed < chunks.length && size < PORTION; fed++) size += chunks[fed]!.length;
    return chunks.slice(from, fed);
  };

  return {
    get waited() {
      return waited;
    },
    get starving() {
      return waiting && fed === chunks.length;
    },
    async get(frame, isWanted) {
      waited = false;
      while (isWanted()) {
        // The server may have another version of the file by now.
        if (chunks !== fetched.chunks) restart();
        const rewind = frame < next;
        if (rewind) begin();
        const part = portion();
        const end = !!fetched.done && fed === chunks.length;
        if (hungry && !part.length && !end) {
          waited = waiting = true;
          bell.ring();
          await bell.rung;
          waiting = false;
          continue;
        }
        const { error, bitmap, ...answer } = await job.ask({ chunks: part, end, frame, rewind, rank });
        if (error) {
          // A thread can fail as well. Another one takes its place, and this thread is the last resort.
          if (error.code || retried) throw failure(error.code ?? 'DECODER', error.message, error);
          retried = true;
          restart();
          continue;
        }
        next = answer.next!;
        hungry = !!answer.more;
        if (!isWanted()) bitmap?.close();
        else {
          if (answer.info) told(answer.info);
          if (bitmap && answer.layer === undefined) return bitmap;
          if (bitmap) show(bitmap, answer.layer!);
        }
      }
      return undefined;
    },
    close() {
      job.close();
    },
  };
}
