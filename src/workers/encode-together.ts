import { useEachPart } from '../encode/parts/each-part.js';
import { shareMemory, workTogether } from './part-threads.js';

/**
 * From now on, this many threads, this one among them, work on the parts of a large picture that this thread encodes. The bits are the
 * same.
 */
export function encodeTogether(threads: number): void {
  shareMemory(threads);
  if (threads < 2) {
    useEachPart();
    return;
  }
  useEachPart((work, tell, passes = 0) => {
    let told = 0;
    // Parts of a file are larger than those in which levels are chosen: two threads that write them spend as long asking for memory as one
    // spends writing.
    workTogether(work, 'write' in work ? 1 : threads, (done, count) => {
      tell?.(((done - told) * passes) / count);
      told = done;
    });
  });
}
