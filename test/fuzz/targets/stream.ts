import { createDecoder, decode } from 'lowrank';
import { attempt, hold } from './attempt.js';
import { decodeOptions } from './options.js';
import { same } from './samples.js';
import type { Target } from './target.js';

/** A file that arrives in pieces gives the same as at once. */
export const streamTarget: Target = {
  name: 'stream',
  suits: ({ sequence }) => !sequence,
  run(bytes, random) {
    const options = decodeOptions(random);
    const whole = attempt(() => decode(bytes, options));
    const decoder = attempt(() => createDecoder(options)).value!;
    const peeks = random.chance(0.15) ? 0.3 : 0;
    const arrived = attempt(() => {
      for (let at = 0; at < bytes.length; ) {
        const next = Math.min(
          bytes.length,
          at + 1 + random.below(random.pick([9, bytes.length, bytes.length])),
        );
        decoder.push(bytes.subarray(at, next));
        at = next;
        if (random.chance(peeks) && decoder.info) {
          const peek = attempt(() => decoder.picture()).value;
          const prefix = peek && attempt(() => decode(bytes.subarray(0, at), options)).value;
          hold(!prefix || same(peek, prefix), 'a prefix that is another picture as it arrives');
        }
      }
      return decoder.picture();
    });
    if (whole.value)
      hold(
        arrived.value && same(arrived.value, whole.value),
        `whole, but not in pieces: ${arrived.error?.message}`,
      );
    else hold(!arrived.value, `in pieces, but not whole: ${whole.error.message}`);
  },
};
