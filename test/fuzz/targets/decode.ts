import { decode } from 'lowrank';
import { decodeInParts, workOnPart } from '../../../dist/decode/parts/decode-in-parts.js';
import { attempt, hold } from './attempt.js';
import { decodeOptions } from './options.js';
import { checkSize, same } from './samples.js';
import type { Target } from './target.js';

/**
 * A file gives a picture or an error, whole and as a prefix, with any options; and the same when decoded part by part, if it has several
 * and all are wanted.
 */
export const decodeTarget: Target = {
  name: 'decode',
  run(bytes, random) {
    const here = random.chance(0.3) ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes;
    const options = decodeOptions(random);
    const whole = attempt(() => decode(here, options));
    if (whole.value) checkSize(whole.value);
    const parts = attempt(() =>
      decodeInParts(here, options, work => {
        const { parts } = 'read' in work ? work.read : work.show;
        for (const n of parts.keys()) workOnPart(work, n);
      }),
    );
    if (parts.value)
      hold(whole.value && same(whole.value, parts.value), 'part by part it is another picture');
    else if (parts.error)
      hold(
        parts.error.code === whole.error?.code,
        `part by part: ${parts.error.message}; as a whole: ${whole.error?.message}`,
      );
  },
};
