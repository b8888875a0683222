import {
  decodeBackground,
  decodeSequence,
  decodeSequenceStream,
  inspectSequence,
  type SequenceFrame,
  type SequenceOptions,
  verifySequence,
} from 'lowrank';
import { attempt, attemptLater, hold } from './attempt.js';
import { limits } from './options.js';
import { checkSize, MAX_PIXELS, same } from './samples.js';
import type { Target } from './target.js';

/** How many frames are read: a sequence may claim to have a million. */
const FRAMES = 2;

/** A sequence gives frames or an error, and in pieces the same as at once. */
export const sequenceTarget: Target = {
  name: 'sequence',
  weight: 0.25,
  suits: ({ sequence }) => sequence,
  async run(bytes, random) {
    const options: SequenceOptions = {
      maxPixels: MAX_PIXELS,
      channels: random.pick(['file', 'rgba'] as const),
    };
    if (random.chance(0.3)) options.rank = 1 + random.below(9);
    if (random.chance(0.2)) options.from = random.below(4);
    const frames: SequenceFrame[] = [];
    const whole = attempt(() => {
      for (const frame of decodeSequence(bytes, options)) {
        checkSize(frame);
        if (frames.push(frame) > FRAMES) return false;
      }
      return true;
    });
    const { value: info, error } = attempt(() => inspectSequence(bytes));
    const verified = attempt(() => verifySequence(bytes)).value;
    if (whole.value) {
      hold(info, `decoded, but not inspected: ${error?.message}`);
      hold(options.rank || verified?.damage.length === 0, 'decoded, but damaged');
    }
    if (random.chance(0.3)) attempt(() => decodeBackground(bytes, limits(random)));
    if (random.chance(0.5)) return;
    let count = 0;
    const later = await attemptLater(async () => {
      for await (const frame of decodeSequenceStream(pieces(), options)) {
        hold(!frames[count] || same(frame, frames[count]!), 'another frame in pieces');
        if (++count > FRAMES) break;
      }
    });
    // If the whole file is present, damage at its end is found before its frames.
    if (!whole.error && !later.error)
      hold(count === frames.length, `${count} frames in pieces, ${frames.length} whole`);
    hold(whole.error || !later.error, `whole, but not in pieces: ${later.error?.message}`);

    function* pieces(): Generator<Uint8Array> {
      for (let at = 0; at < bytes.length; ) {
        const next = at + 1 + random.small(bytes.length);
        yield bytes.subarray(at, next);
        at = next;
      }
    }
  },
};
