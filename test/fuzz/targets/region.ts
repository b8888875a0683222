import { decode, type Info, inspect, rangesOf } from 'lowrank';
import { attempt, hold } from './attempt.js';
import { limits } from './options.js';
import { cropped, same } from './samples.js';
import type { Target } from './target.js';

/** A region equals that part of the whole picture, and only the bytes that `rangesOf` names are read for it. */
export const regionTarget: Target = {
  name: 'region',
  suits: ({ sequence }) => !sequence,
  run(bytes, random) {
    const options = { ...limits(random), channels: 'file' } as const;
    const scale = random.pick([1, 1, 2, 4, 8] as const);
    const { value: info } = attempt(() => inspect(bytes));
    if (!info) return;
    const [across, down] = [info.width, info.height].map(side => Math.ceil(side / scale)) as [number, number];
    const [x, y] = [random.below(across), random.below(down)];
    const region = { x, y, width: random.between(1, across - x), height: random.between(1, down - y) };
    const whole = attempt(() => decode(bytes.subarray(0, needed(info, scale)), { ...options, scale })).value;
    const { value: part, error } = attempt(() => decode(bytes, { ...options, scale, region }));
    if (whole && error?.field !== 'stream') {
      hold(part, `a picture without a region: ${error?.message}`);
      hold(same(part, cropped(whole, x, y, region.width, region.height)), 'a region of another picture');
    }
    const ranges = attempt(() => rangesOf(bytes, { region, scale })).value;
    if (!part || !ranges || random.chance(0.5)) return;
    const holes = random.bytes(bytes.length);
    // If a file is cut, not all of them are present.
    for (const { from, to } of ranges) if (from < bytes.length) holes.set(bytes.subarray(from, to), from);
    const { value: sparse } = attempt(() => decode(holes, { ...options, scale, region }));
    hold(sparse && same(sparse, part), 'bytes that no range names were read');
  },
};

/**
 * The bytes that a region at a scale is read from: if a layer has fewer than its steps need, as in no file of our encoder, the bytes behind
 * must not be used.
 */
function needed({ layers, sizes, bytes }: Info, scale: 1 | 2 | 4 | 8): number {
  if (scale === 1 || !layers.length) return bytes;
  const count = sizes[[8, 4, 2].indexOf(scale)]!;
  return layers[Math.min(count, layers.length) - 1]!.bytes;
}
