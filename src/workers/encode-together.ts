import { useRoom } from '../core/room.js';
import { useChooseAll } from '../encode/parts/each-part.js';
import { shared, workTogether } from './part-threads.js';

/** From now on the parts of a large picture that this thread encodes are quantised by so many threads, this one among them, to the same bits. */
export function encodeTogether(threads: number): void {
  if (threads < 2) {
    useRoom();
    useChooseAll();
    return;
  }
  useRoom(bytes => new SharedArrayBuffer(bytes));
  useChooseAll((work, tell) => {
    const share = work.options.passes / work.parts.length;
    let told = 0;
    workTogether({ choose: { ...work, channels: work.channels.map(shared) } }, threads, done => {
      tell?.((done - told) * share);
      told = done;
    });
  });
}
