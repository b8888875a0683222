import { decode } from 'lowrank';
import { attempt } from './attempt.js';
import { decodeOptions } from './options.js';
import { checkSize } from './samples.js';
import type { Target } from './target.js';

/** A picture or an error, whole and as a prefix, whatever is asked for. */
export const decodeTarget: Target = {
  name: 'decode',
  run(bytes, random) {
    const here = random.chance(0.3) ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes;
    const { value } = attempt(() => decode(here, decodeOptions(random)));
    if (value) checkSize(value);
  },
};
