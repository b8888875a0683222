import { decode, inspect, type TruncateTarget, truncate } from 'lowrank';
import { attempt, hold } from './attempt.js';
import { limits } from './options.js';
import { same } from './samples.js';
import type { Target } from './target.js';

/** A cut file is the prefix that it was cut from. */
export const truncateTarget: Target = {
  name: 'truncate',
  suits: ({ sequence }) => !sequence,
  run(bytes, random) {
    const target = random.pick<TruncateTarget>([
      { rank: 1 + random.below(64) },
      { psnr: 1 + random.below(60) },
      { scale: random.pick([2, 4, 8]) },
      { size: 1 + random.below(bytes.length + 99) },
    ]);
    const { value: cut } = attempt(() => truncate(bytes, target));
    if (!cut) return;
    if (target.size) hold(cut.length <= target.size, `${cut.length} bytes of ${target.size}`);
    const { layers, complete } = inspect(cut);
    hold(complete, 'cut, and not whole');
    const options = { ...limits(random), channels: 'file' } as const;
    const [here, next] = inspect(bytes).layers.slice(layers.length - 1);
    const end = here!.bytes;
    // A prefix has the layers behind it that have no bytes as well.
    if (next?.bytes === end) return;
    const { value: before } = attempt(() => decode(bytes.subarray(0, end), options));
    const { value: after, error } = attempt(() => decode(cut, options));
    // Of a whole file all bytes must be read, of a prefix not.
    if (before && error?.field !== 'stream') hold(after && same(before, after), 'cut to another picture');
  },
};
