import { decode, inspect, type TruncateTarget, truncate } from 'lowrank';
import { attempt, hold } from './attempt.js';
import { limits } from './options.js';
import { same } from './samples.js';
import type { Target } from './target.js';

/** A truncated file is the prefix that it was cut from. */
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
    // A prefix also includes following layers without bytes.
    if (next?.bytes === end) return;
    const { value: before } = attempt(() => decode(bytes.subarray(0, end), options));
    const { value: after, error } = attempt(() => decode(cut, options));
    // A whole file must be read to its last byte, a prefix need not.
    if (before && error?.field !== 'stream') hold(after && same(before, after), 'cut to another picture');
  },
};
