import { useEachPart } from '../encode/parts/each-part.js';
import { shareMemory, workTogether } from './part-threads.js';

/** From now on the parts of a large picture that this thread encodes are worked on by so many threads, this one among them, to the same bits. */
export function encodeTogether(threads: number): void {
  shareMemory(threads);
  if (threads < 2) {
    useEachPart();
    return;
  }
  useEachPart((work, tell, passes = 0) => {
    let told = 0;
    // The parts of a file are larger than those that levels are chosen in: two threads that write them ask for memory for as long as one writes.
    workTogether(work, 'write' in work ? 1 : threads, (done, count) => {
      tell?.(((done - told) * passes) / count);
      told = done;
    });
  });
}
